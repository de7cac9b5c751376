import type { HelmChart } from './charts/helm-chart.ts';
import type { Database, ExternalDatabase, Storage } from './database.ts';
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

    /** The environment's namespace, one of its further ones, or none where the kind has none. @default - none */
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
  /** Namespace of the object. @default - the only one in which an object of this kind and name is */
  readonly namespace?: string;
  /** API group and version of the object. @default - the only one that an object of this kind and name is of */
  readonly apiVersion?: string;
  /**
   * Merged into the object field by field; `null` removes a field. Entries of a list are merged by what tells them apart, e.g. the
   * `name` of a container, and `$patch: 'delete'` in one removes it; a list whose entries have only a position is replaced.
   */
  readonly merge: Readonly<Record<string, unknown>>;
  /** Why the model cannot say it; shown to reviewers. */
  readonly reason: string;
}

/**
 * Where a construct of the user's own lands, and what it may ask: everything else would make the same program write something else
 * on another machine, or at another time.
 */
export interface ConstructPlace {
  /** The environment's name. */
  readonly environment: string;
  /** The application's name. */
  readonly application: string;
  /** The environment's namespace; what a construct makes lies in it unless it says another. */
  readonly namespace: string;
  /** A name with the environment's prefix, e.g. `dev-queue` for `queue`. */
  name(base: string): string;
  /**
   * The reference of an artifact's image at the release, for a field that holds an image and nothing else.
   *
   * @throws when the delivery has no such artifact
   */
  image(artifact: string): string;
  /**
   * Host of a service or database of the same application, e.g. `dev-orders-svc`.
   *
   * @throws when there is none of this name
   */
  host(of: string): string;
  /**
   * A port of a service or database of the same application, as its Service has it.
   *
   * @throws when there is none of this name
   */
  port(of: string, name: string): number;
  /**
   * Labels of the pods of a service or database of the same application, for a NetworkPolicy.
   *
   * @throws when there is none of this name
   */
  pods(of: string): Readonly<Record<string, string>>;
  /**
   * Where a credential's value lies, as `secretKeyRef` wants it; never the value.
   *
   * @throws when the environment keeps no such credential in a Kubernetes Secret, or it has no such key
   */
  secret(credential: string, key: string): { readonly name: string; readonly key: string };
  /**
   * Annotations for the template of a pod that uses a credential: a rotation changes them, and so makes the pod anew.
   *
   * @throws when the environment keeps no such credential in a Kubernetes Secret
   */
  rotation(credential: string): Readonly<Record<string, string>>;
}

/** The services that are released and synced together in an environment: one Argo CD Application or Flux Kustomization. */
export interface Application {
  /** Lower-case name, unique in the environment. */
  readonly name: string;
  readonly services: readonly Service[];
  /** @default - none */
  readonly databases?: readonly Database[];
  /** Databases that run elsewhere. @default - none */
  readonly externalDatabases?: readonly ExternalDatabase[];
  /** @default - none */
  readonly claims?: readonly Claim[];
  /** Names, without the prefix, of the objects that bring traffic in. @default - `<application>` and `<application>-strip-prefix` */
  readonly routing?: {
    /** Name of the Ingress. @default - `<application>` */
    readonly ingress?: string;
    /** Name of the IngressRoute. @default - `<application>` */
    readonly ingressRoute?: string;
    /** Name of the Middleware that strips the prefix. @default - `<application>-strip-prefix` */
    readonly middleware?: string;
  };
  /** Helm charts that run beside the services. @default - none */
  readonly helmCharts?: readonly HelmChart[];
  /** Objects that no construct makes, complete with their final names; `{ artifact: … }` stands for an image of the release. @default - none */
  readonly objects?: readonly KubernetesObject[];
  /**
   * Makes further objects with constructs of any library, as if `objects` held them; called more than once, it must make the same each
   * time. @default - none
   */
  readonly constructs?: (scope: import('constructs').Construct, place: ConstructPlace) => void;
  /** @default - none */
  readonly patches?: readonly Patch[];
}
