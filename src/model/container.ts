import type { TextValue } from './formats/text.ts';
import type { LifecycleAction } from './pods/lifecycle-action.ts';

/** Where an environment variable's value comes from. */
export type EnvValue =
  | TextValue
  /** A field of the pod itself. */
  | {
      readonly kind: 'field';
      /** Which field. */
      readonly path:
        | 'metadata.namespace'
        | 'metadata.name'
        | 'metadata.uid'
        | 'spec.nodeName'
        | 'spec.serviceAccountName'
        | 'status.hostIP'
        | 'status.podIP'
        | 'status.podIPs';
    }
  /** A label of the pod itself. */
  | {
      readonly kind: 'label';
      /** Key of the label: one that selects the pods, or that Kubernetes gives, e.g. `apps.kubernetes.io/pod-index`. */
      readonly key: string;
    }
  /** What a container of the pod reserves or may use. */
  | {
      readonly kind: 'resource';
      /** Which amount; the container must say it. */
      readonly resource: 'requests.cpu' | 'requests.memory' | 'limits.cpu' | 'limits.memory';
      /** Name of the container. @default - the one that has the variable */
      readonly container?: string;
      /** Unit that it is counted in, rounded up, e.g. `1m` or `1Mi`. @default - whole CPUs and bytes */
      readonly divisor?: string;
    }
  /** A key of a declared credential; the value itself is never here. */
  | {
      readonly kind: 'secret';
      /** Name of a credential of the environment. */
      readonly credential: string;
      /** One of its keys. */
      readonly key: string;
    }
  /** A property of a declared database; the password comes from its credential. */
  | {
      readonly kind: 'database';

      /** Name of the database. */
      readonly of: string;

      /** What of it. */
      readonly property: 'host' | 'port' | 'name' | 'user' | 'password';

      /** Name of its application. @default - the same */
      readonly application?: string;
    };

/** The pod's own namespace as an environment variable. */
export const podNamespace: EnvValue = { kind: 'field', path: 'metadata.namespace' };

/** A key of a declared credential as an environment variable. */
export const secret = (credential: string, key: string): EnvValue => ({ kind: 'secret', credential, key });

/**
 * A property of a declared database as an environment variable.
 *
 * @param application - name of its application. @default - the same
 */
export const fromDatabase = (
  of: string,
  property: 'host' | 'port' | 'name' | 'user' | 'password',
  application?: string,
): EnvValue => ({ kind: 'database', of, property, ...(application === undefined ? {} : { application }) });

/** An artifact of this delivery whose version the release decides, or a complete reference of somebody else's image. */
export type ImageSource =
  | {
      /** Name of the artifact. */
      readonly artifact: string;
    }
  | string;

/** Where several environment variables come from at once. */
export type EnvSource =
  | {
      readonly kind: 'config';
      /** Name of a config of the service. */
      readonly config: string;
      /** What is put before each key, e.g. `SHOP_`. @default - nothing */
      readonly prefix?: string;
    }
  | {
      readonly kind: 'secret';
      /** Name of a credential of the environment; every key of it becomes a variable. */
      readonly credential: string;
      /** What is put before each key, e.g. `SMTP_`. @default - nothing */
      readonly prefix?: string;
    };

/** The source that an entry of `envFrom` stands for: a name alone is that of a config. */
export const envSourceOf = (given: string | EnvSource): EnvSource =>
  typeof given === 'string' ? { kind: 'config', config: given } : given;

/** A port a container listens on. */
export interface ContainerPort {
  /** Kubernetes port name: at most 15 characters, lower case. */
  readonly name: string;
  /** Number that the program listens on, 1 to 65535. */
  readonly port: number;
  /** How it is spoken to. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** How the kubelet asks a container. */
export type ProbeAction =
  | {
      readonly kind: 'http';
      /** Path that is asked for; 200 to 399 is well. */
      readonly path: string;
      /** Name or number of a port of the container. */
      readonly port: string | number;
    }
  | {
      readonly kind: 'tcp';
      /** Name or number of a port of the container, which must accept a connection. */
      readonly port: string | number;
    }
  | {
      readonly kind: 'grpc';
      /** Number of a port of the container. */
      readonly port: number;
      /** Name that is asked for. @default - the server as a whole */
      readonly service?: string;
    }
  | {
      readonly kind: 'exec';
      /** Program and its arguments, run in the container; 0 is well. */
      readonly command: readonly TextValue[];
    };

/** One probe. Fields left out take Kubernetes' own defaults. */
export interface Probe {
  readonly action: ProbeAction;
  /** Seconds after the start before the first question. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds between two questions. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds that an answer may take. @default 1 */
  readonly timeoutSeconds?: number;
  /** Failures in a row that count. @default 3 */
  readonly failureThreshold?: number;
  /** Successes in a row that count, after a failure. @default 1 */
  readonly successThreshold?: number;
}

/** What the scheduler reserves (`requests`) and the kernel enforces (`limits`), as Kubernetes quantities. */
export interface Resources {
  /** What the scheduler reserves. */
  readonly requests: {
    /** CPUs, e.g. `250m` or `1`. */
    readonly cpu: string;
    /** Memory, e.g. `256Mi`. */
    readonly memory: string;
  };
  /** What is never exceeded. @default - no limit */
  readonly limits?: {
    /** CPUs, e.g. `500m`. @default - no limit */
    readonly cpu?: string;
    /** Memory, e.g. `512Mi`. @default - no limit */
    readonly memory?: string;
  };
}

/** A volume of the pod, seen by one container. */
export interface Mount {
  /** Name of a volume of the same service. */
  readonly volume: string;
  /** Absolute path inside the container. */
  readonly path: string;
  /** Whether the container cannot write it. @default false */
  readonly readOnly?: boolean;
  /** Folder of the volume that is mounted. @default - the volume's root */
  readonly subPath?: string;
}

/** One container of a pod: main, sidecar or init. */
export interface Container {
  /** Lower-case name, unique in its pod. */
  readonly name: string;
  readonly image: ImageSource;
  /** Program and its arguments, in place of the image's. @default - the image's entry point */
  readonly command?: readonly TextValue[];
  /** Arguments, in place of the image's. @default - the image's arguments */
  readonly args?: readonly TextValue[];
  /** @default - none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Configs and credentials whose keys become environment variables, by name or more exactly; a later one wins. @default - none */
  readonly envFrom?: readonly (string | EnvSource)[];
  /** @default - none */
  readonly ports?: readonly ContainerPort[];
  /** @default - none */
  readonly mounts?: readonly Mount[];
  /** @default - none; anything that receives traffic needs one */
  readonly readiness?: Probe;
  /** @default - none */
  readonly liveness?: Probe;
  /** @default - none */
  readonly startup?: Probe;
  readonly resources: Resources;
  /** What is done once the container has started, while its program starts too. @default - nothing */
  readonly postStart?: LifecycleAction;
  /** A command that runs before the container is told to stop, e.g. `['sleep', '3']`, or another action. @default - none */
  readonly preStop?: readonly string[] | LifecycleAction;
  /** Makes an init container a sidecar: it starts before what follows it, and runs as long as the pod; on Kubernetes 1.29 and later. @default - it ends before what follows it */
  readonly restartPolicy?: 'Always';
  /** Numeric user of this container; 0 is root, which `podSecurity` must allow. @default - the pod's user */
  readonly runAsUser?: number;
  /** Capabilities that it gets, where every other is taken from it, e.g. `NET_BIND_SERVICE`; others than that one `podSecurity` must allow. @default - none */
  readonly capabilities?: readonly string[];
  /** Whether it is root on its node, with everything there; `podSecurity` must say "privileged". @default false */
  readonly privileged?: boolean;
  /** Whether the container's own file system may be written. @default false */
  readonly writableRootFilesystem?: boolean;
}
