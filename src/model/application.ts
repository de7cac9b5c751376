import type { Database, Storage } from './database.ts';
import type { Service } from './service.ts';

/** A claim for a volume that services of the application mount; never pruned, never deleted with its Application. */
export interface Claim extends Storage {
  /** Object name without the environment's prefix. */
  readonly name: string;

  /** Who may write it: one node, many nodes, or one pod alone. */
  readonly accessMode: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadWriteOncePod';
  /** Binds the claim to a folder of one node, as a PersistentVolume of its own. @default - the class provisions it */
  readonly local?: {
    /** Name of the PersistentVolume without the environment's prefix. */
    readonly volume: string;
    /** Kubernetes node name. */
    readonly node: string;
    /** Absolute path on the node; it must exist. */
    readonly path: string;
  };
}

/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  /** Group and version, e.g. `apps/v1`. */
  readonly apiVersion: string;

  /** Kind, e.g. `ResourceQuota`. */
  readonly kind: string;

  /** What every object has. */
  readonly metadata: {
    /** Final name, prefix included. */
    readonly name: string;

    /** The environment's namespace, or none where the kind has none. @default - none */
    readonly namespace?: string;

    /** Labels. @default - none */
    readonly labels?: Readonly<Record<string, string>>;

    /** Annotations. @default - none */
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** A change to an object that a construct made, where the model has no word for it (a strategic merge patch). */
export interface Patch {
  /** Kind of the object. */
  readonly kind: string;
  /** Full object name, prefix included. */
  readonly name: string;
  /**
   * Merged into the object field by field; `null` removes a field. Entries of a list are merged by what tells them apart, e.g. the
   * `name` of a container, and `$patch: 'delete'` in one removes it; a list whose entries have only a position is replaced.
   */
  readonly merge: Readonly<Record<string, unknown>>;
  /** Why the model cannot say it; shown to reviewers. */
  readonly reason: string;
}

/** The services that are released and synced together in an environment: one Argo CD Application or Flux Kustomization. */
export interface Application {
  /** Lower-case name, unique in the environment. */
  readonly name: string;
  readonly services: readonly Service[];
  /** @default - none */
  readonly databases?: readonly Database[];
  /** @default - none */
  readonly claims?: readonly Claim[];
  /** Names, without the prefix, of the objects that bring traffic in. @default - `<application>` and `<application>-strip-prefix` */
  readonly routing?: {
    /** Name of the IngressRoute. @default - `<application>` */
    readonly ingressRoute?: string;
    /** Name of the Middleware that strips the prefix. @default - `<application>-strip-prefix` */
    readonly middleware?: string;
  };
  /** Objects that no construct makes, complete with their final names; `{ artifact: … }` stands for an image of the release. @default - none */
  readonly objects?: readonly KubernetesObject[];
  /** @default - none */
  readonly patches?: readonly Patch[];
}
