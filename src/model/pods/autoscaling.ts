/** What an autoscaler looks at; of several, the one that asks for the most pods decides. */
export type AutoscalingMetric =
  | {
      readonly kind: 'resource';
      /** What the pods use. */
      readonly name: 'cpu' | 'memory';
      /** Use that it aims at, in percent of what all containers of a pod request. */
      readonly averageUtilization: number;
    }
  | {
      readonly kind: 'containerResource';
      /** What one container uses. */
      readonly name: 'cpu' | 'memory';
      /** Name of the container, so that a sidecar does not count. */
      readonly container: string;
      /** Use that it aims at, in percent of what the container requests. */
      readonly averageUtilization: number;
    }
  | {
      readonly kind: 'pods';
      /** Name of a metric that each pod has, as the cluster's metrics adapter tells it, e.g. `http_requests_per_second`. */
      readonly metric: string;
      /** Value for each pod that it aims at, as a quantity, e.g. `100` or `500m`. */
      readonly averageValue: string;
    }
  | {
      readonly kind: 'external';
      /** Name of a metric from outside the cluster, as its metrics adapter tells it, e.g. `queue_messages_ready`. */
      readonly metric: string;
      /** Labels that the metric must have. @default - any */
      readonly labels?: Readonly<Record<string, string>>;
      /** Value for each pod that it aims at, as a quantity, e.g. `30`. */
      readonly averageValue: string;
    };

/** How fast an autoscaler goes in one direction. */
export interface ScalingRules {
  /** Seconds of which the calmest answer counts. @default - 0 upwards, 300 downwards */
  readonly stabilizationWindowSeconds?: number;
  /** Which policy decides, or that there is no way in this direction. @default 'Max' */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** How much may change in which time. @default - Kubernetes' own */
  readonly policies?: readonly {
    /** Whether `value` counts pods or percent of them. */
    readonly type: 'Pods' | 'Percent';
    /** A whole number, 1 or more. */
    readonly value: number;
    /** Seconds in which it may change by that, 1 to 1800. */
    readonly periodSeconds: number;
  }[];
}

/** Lets a HorizontalPodAutoscaler choose the replicas. */
export interface Autoscaling {
  /** Fewest replicas. */
  readonly min: number;
  /** Most replicas. */
  readonly max: number;
  /** Use of the requested CPU that it aims at, in percent. @default - what `metrics` says */
  readonly cpuPercent?: number;
  /** What it looks at besides. @default - the CPU alone */
  readonly metrics?: readonly AutoscalingMetric[];
  /** How fast it goes. @default - as Kubernetes does by itself: at once upwards, after five minutes downwards */
  readonly behavior?: {
    /** Towards more pods. @default - at once */
    readonly scaleUp?: ScalingRules;
    /** Towards fewer pods. @default - after five minutes */
    readonly scaleDown?: ScalingRules;
  };
}
