import type { Container, Resources } from './container.ts';
import type { TextValue } from './formats/text.ts';
import type { Autoscaling } from './pods/autoscaling.ts';
import type { PodSecurity } from './pods/pod-security.ts';
import type { Rollout } from './pods/rollout.ts';
import type { Scheduling } from './pods/scheduling.ts';
import type { ServiceAccount } from './pods/service-account.ts';
import type { Volume } from './pods/volume.ts';
import type { Metrics } from './network/monitoring.ts';
import type { Route } from './network/route.ts';

/** Configuration of a service: one ConfigMap. A change of it rolls the pods that use it. */
export interface Config {
  /** Object name without the environment's prefix, e.g. `orders-config`. */
  readonly name: string;

  /** Text by key. */
  readonly data: Readonly<Record<string, TextValue>>;
  /** Labels of the ConfigMap itself. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A port of the Kubernetes Service in front of the pods. */
export interface ServicePort {
  /** Kubernetes port name; also how connections and texts name it. */
  readonly name: string;

  /** Number that neighbours ask for, 1 to 65535. */
  readonly port: number;
  /** A container port's number or name. @default - the same number as `port` */
  readonly targetPort?: number | string;
  /** Whether the rendered port carries its name. Only a port without siblings may leave it out. @default true */
  readonly named?: boolean;
}

/** Something a service talks to. The network policies are these, no more and no less. */
export type Connection =
  /** A service or database, inside or outside of the cluster, of the same application unless `application` names another one of the environment. */
  | {
      readonly kind: 'service';
      /** Name of the service or database. */
      readonly to: string;
      /** Name of its port. */
      readonly port: string;
      /** Name of its application. @default - the same */
      readonly application?: string;
    }
  /** Public addresses outside the cluster, and none of a private network; the reason is shown to reviewers. */
  | {
      readonly kind: 'internet';
      /** Numbers of the ports. */
      readonly ports: readonly number[];
      /** How they are spoken to. @default 'TCP' */
      readonly protocol?: 'TCP' | 'UDP';
      /** What for, for reviewers. */
      readonly reason: string;
    }
  /** Addresses outside the cluster, private ones too: an on-premise service, a managed one in a network of its own. */
  | {
      readonly kind: 'addresses';
      /** Blocks of addresses, e.g. `10.20.0.0/16`, or `192.0.2.7/32` for one address. */
      readonly cidrs: readonly string[];
      /** Numbers of the ports. */
      readonly ports: readonly number[];
      /** How they are spoken to. @default 'TCP' */
      readonly protocol?: 'TCP' | 'UDP';
      /** What for, for reviewers. */
      readonly reason: string;
    };

/**
 * Talks to a service or database, on its named port.
 *
 * @param application - name of its application. @default - the same
 */
export const connectsTo = (to: string, port: string, application?: string): Connection => ({
  kind: 'service',
  to,
  port,
  ...(application === undefined ? {} : { application }),
});

/** Talks HTTPS to the internet; `reason` says what for. */
export const httpsOut = (reason: string): Connection => ({ kind: 'internet', ports: [443], reason });

/** When a job runs. */
export type JobTime =
  /** Once for each release, before a pod that the release moves is replaced; where it fails, none is. It may run again, so it must be able to. */
  | { readonly kind: 'beforeRelease' }
  | {
      readonly kind: 'schedule';
      /** Cron expression of five fields, e.g. `0 2 * * *`. */
      readonly cron: string;
      /** Where its clock is, e.g. `Europe/Berlin`. @default 'Etc/UTC' */
      readonly timeZone?: string;
      /** What a run does while the last one is at work: it is left out, or takes its place. @default 'Forbid' */
      readonly concurrency?: 'Forbid' | 'Replace';
      /** Seconds that a run may start late; after that it is left to the next one. At least 10. @default 300 */
      readonly startingDeadlineSeconds?: number;
      /** Good runs that are kept to be looked at. @default 3 */
      readonly successfulHistory?: number;
      /** Failed runs that are kept to be looked at. @default 1 */
      readonly failedHistory?: number;
      /** Runs only when a person makes a job from it. @default false */
      readonly suspended?: boolean;
    };

/**
 * Something of a service that ends, e.g. a migration: one of its containers with another command. It has that container's image, so that it
 * follows the release, its variables and files, and the service's account, user and pull credential; no claim, and no port.
 */
export interface ServiceJob {
  /** Lower-case name, of no other job, service or database of the application. Its pods carry `app: <name>`. */
  readonly name: string;
  readonly when: JobTime;
  /** Name of the service's container that it is. @default - the first */
  readonly container?: string;
  /** Program and its arguments, in place of the image's. @default - the image's entry point */
  readonly command?: readonly TextValue[];
  /** Arguments, in place of the image's. @default - the image's arguments */
  readonly args?: readonly TextValue[];
  /** Variables beside those of the container; one of the same name wins. @default - none */
  readonly env?: Container['env'];
  /** @default - those of the container */
  readonly resources?: Resources;
  /** @default - whatever the service talks to */
  readonly connects?: readonly Connection[];
  /** Seconds after which a run that has not ended is killed, and has failed. */
  readonly deadlineSeconds: number;
  /** How often a run that failed is tried again. @default 0 */
  readonly retries?: number;
}

/** One deployable thing: its containers, ports, configuration, and what it connects to. */
export interface Service {
  /** Lower-case name, unique in its application. Pods carry `app: <name>`. */
  readonly name: string;
  /** What runs its pods: as many as its replicas, the same with a name and a disk each, or one on each node. @default 'Deployment' */
  readonly workload?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  /** Object names without the environment's prefix. @default - `<name>` for the workload, `<name>-svc` for the Service */
  readonly names?: {
    /** Name of the Deployment or StatefulSet. @default - `<name>` */
    readonly workload?: string;
    /** Name of the Service. @default - `<name>-svc` */
    readonly service?: string;
  };
  /** A whole number, 0 or more. @default 1 */
  readonly replicas?: number;
  /** Lets a HorizontalPodAutoscaler choose the replicas. @default - none */
  readonly autoscaling?: Autoscaling;
  /** Replicas that may be away during a node drain; renders a PodDisruptionBudget. @default - none */
  readonly maxUnavailable?: number | string;
  /** Whether pods of a StatefulSet start one after the other or at once; immutable once deployed. @default 'OrderedReady' */
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
  /** Labels that select the pods; immutable once deployed. @default { app: <name> } */
  readonly selector?: Readonly<Record<string, string>>;
  /** Labels of the Service object itself. @default - none */
  readonly serviceLabels?: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** @default - none */
  readonly initContainers?: readonly Container[];
  /** @default - none */
  readonly configs?: readonly Config[];
  /** @default - none */
  readonly volumes?: readonly Volume[];
  /** Ports of the Kubernetes Service; none makes no Service object. @default - none */
  readonly ports?: readonly ServicePort[];
  /** Type of the Kubernetes Service; `headless` has no address of its own. @default 'ClusterIP' */
  readonly serviceType?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'headless';
  /** Whether the Service names pods that are not ready yet, for peers that find each other before they are. @default false */
  readonly publishNotReadyAddresses?: boolean;
  /** @default - not reachable from outside */
  readonly routes?: readonly Route[];
  /** @default - nobody asks it how it is */
  readonly metrics?: Metrics;
  /** @default - talks to nobody */
  readonly connects?: readonly Connection[];
  /** What it runs beside its pods and that ends: before each release, or on a schedule. @default - none */
  readonly jobs?: readonly ServiceJob[];
  /** @default - on any node, as the cluster spreads them */
  readonly scheduling?: Scheduling;
  /** @default - as Kubernetes rolls out by itself */
  readonly rollout?: Rollout;
  /** How a rollout replaces pods. @default - Recreate when it mounts a ReadWriteOnce claim, else RollingUpdate */
  readonly strategy?: 'RollingUpdate' | 'Recreate';
  /** Seconds until a rollout that makes no progress is called failed. @default - what the startup probes allow and 60, at least 120 */
  readonly progressDeadlineSeconds?: number;
  /** Seconds a pod has to stop. @default 30 */
  readonly terminationGraceSeconds?: number;
  /** Lets signals reach programs that a shell started as process 1. @default false */
  readonly shareProcessNamespace?: boolean;
  /** @default - the namespace's default account, without its token */
  readonly serviceAccount?: ServiceAccount;
  /** Numeric user and group of the pod's containers; user 0 is root, which `podSecurity` must allow. @default { user: 10001, group: 10001 } */
  readonly runAs?: {
    /** Number of the user. */
    readonly user: number;
    /** Number of the group. */
    readonly group: number;
  };
  /**
   * Lets its pods do more than Pod Security "restricted" does, in a namespace that admits them: `<namespace>-<level>` where the
   * environment's own does not. @default - no more
   */
  readonly podSecurity?: PodSecurity;
  /** Pulls images with this credential. @default - anonymous */
  readonly imagePullCredential?: string;
}
