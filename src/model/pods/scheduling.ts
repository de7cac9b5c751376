/** A requirement on the labels of nodes; all requirements of a list must hold. */
export type NodeRequirement =
  | {
      /** Key of the label, e.g. `kubernetes.io/arch`. */
      readonly key: string;
      /** Whether the label must have one of the values, or none of them. */
      readonly operator: 'In' | 'NotIn';
      /** At least one value. */
      readonly values: readonly string[];
    }
  | {
      /** Key of the label. */
      readonly key: string;
      /** Whether the label must be there. */
      readonly operator: 'Exists' | 'DoesNotExist';
    };

/** A taint of nodes that does not keep the pods away. */
export interface Toleration {
  /** Key of the taint. @default - every taint */
  readonly key?: string;
  /** Value of the taint. @default - any value */
  readonly value?: string;
  /** What the taint does. @default - whatever it does */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /** Seconds until the pod goes after all, for `NoExecute` alone. @default - it stays */
  readonly tolerationSeconds?: number;
}

/** How evenly the pods of a service lie over the values of a node label. */
export interface TopologySpread {
  /** Label of nodes whose values are the places, e.g. `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;
  /** Whether a pod waits for an even place, or takes an uneven one. */
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  /** Pods that one place may have more than the emptiest. @default 1 */
  readonly maxSkew?: number;
}

/** Pods of a service beside which pods run, or do not. */
export interface PodAffinityTerm {
  /** Name of a service of the same application. @default - the service itself */
  readonly service?: string;
  /** Label of nodes whose value says what is one place, e.g. `kubernetes.io/hostname`. */
  readonly topologyKey: string;
  /** How much it counts where it cannot be had, 1 to 100. @default - a pod waits until it can be had */
  readonly weight?: number;
}

/** Where the pods of a service may run, and before whom they get their place. */
export interface Scheduling {
  /** Labels that a node must have. @default - any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that do not keep the pods away. @default - none */
  readonly tolerations?: readonly Toleration[];
  /** @default - as the cluster spreads them */
  readonly topologySpread?: readonly TopologySpread[];
  /** What nodes must be like, and what they are preferred to be like. @default - any node */
  readonly nodeAffinity?: {
    /** What a node must be like. @default - anything */
    readonly required?: readonly NodeRequirement[];
    /** What nodes are taken first. @default - none */
    readonly preferred?: readonly {
      /** How much it counts against the others, 1 to 100. */
      readonly weight: number;
      /** What such a node is like. */
      readonly requirements: readonly NodeRequirement[];
    }[];
  };
  /** Pods that they run beside. @default - none */
  readonly podAffinity?: readonly PodAffinityTerm[];
  /** Pods that they do not run beside. @default - none */
  readonly podAntiAffinity?: readonly PodAffinityTerm[];
  /** Name of a PriorityClass of the cluster. @default - the cluster's own default */
  readonly priorityClass?: string;
}
