import type { TextValue } from './formats/text.ts';

/** Where an environment variable's value comes from. */
export type EnvValue =
  | TextValue
  /** A field of the pod itself. */
  | { readonly kind: 'field'; readonly path: 'metadata.namespace' | 'metadata.name' | 'spec.nodeName' | 'status.podIP' }
  /** A key of a declared credential; the value itself is never here. */
  | { readonly kind: 'secret'; readonly credential: string; readonly key: string }
  /** A property of a declared database; the password comes from its credential. */
  | {
      readonly kind: 'database';
      readonly of: string;
      readonly property: 'host' | 'port' | 'name' | 'user' | 'password';
    };

/** The pod's own namespace as an environment variable. */
export const podNamespace: EnvValue = { kind: 'field', path: 'metadata.namespace' };

/** A key of a declared credential as an environment variable. */
export const secret = (credential: string, key: string): EnvValue => ({ kind: 'secret', credential, key });

/** A property of a declared database as an environment variable. */
export const fromDatabase = (of: string, property: 'host' | 'port' | 'name' | 'user' | 'password'): EnvValue => ({
  kind: 'database',
  of,
  property,
});

/** An artifact of this delivery whose version the release decides, or a complete reference of somebody else's image. */
export type ImageSource = { readonly artifact: string } | string;

/** A port a container listens on. */
export interface ContainerPort {
  /** Kubernetes port name: at most 15 characters, lower case. */
  readonly name: string;
  /** 1 to 65535. */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** How the kubelet asks a container. */
export type ProbeAction =
  | { readonly kind: 'http'; readonly path: string; readonly port: string | number }
  | { readonly kind: 'tcp'; readonly port: string | number }
  | { readonly kind: 'grpc'; readonly port: number; readonly service?: string }
  | { readonly kind: 'exec'; readonly command: readonly TextValue[] };

/** One probe. Fields left out take Kubernetes' own defaults. */
export interface Probe {
  readonly action: ProbeAction;
  /** @default 0 */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default 1 */
  readonly successThreshold?: number;
}

/** What the scheduler reserves (`requests`) and the kernel enforces (`limits`), as Kubernetes quantities. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  /** @default - no limit */
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

/** A volume of the pod, seen by one container. */
export interface Mount {
  /** Name of a volume of the same service. */
  readonly volume: string;
  /** Absolute path inside the container. */
  readonly path: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** @default - the volume's root */
  readonly subPath?: string;
}

/** One container of a pod: main, sidecar or init. */
export interface Container {
  readonly name: string;
  readonly image: ImageSource;
  /** @default - the image's entry point */
  readonly command?: readonly TextValue[];
  /** @default - the image's arguments */
  readonly args?: readonly TextValue[];
  /** @default - none */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /** Names of this service's configs whose keys become environment variables. @default - none */
  readonly envFrom?: readonly string[];
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
  /** A command that runs before the container is told to stop, e.g. `['sleep', '3']`. @default - none */
  readonly preStop?: readonly string[];
  /** Numeric user of this container. @default - the pod's user */
  readonly runAsUser?: number;
  /** Whether the container's own file system may be written. @default false */
  readonly writableRootFilesystem?: boolean;
}
