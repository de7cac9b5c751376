import type { KubernetesObject } from '../model/application.ts';
import type { Credential } from '../model/credential.ts';
import type { Environment } from '../model/environment.ts';
import type { Binding } from './binding.ts';

/** An object of a cluster that is asked for by its name. */
export interface AskedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the object belongs to the whole cluster */
  readonly namespace?: string;
}

/** What something lacks, and lines that can be typed as they stand, one a line. */
export interface Lack {
  readonly message: string;
  readonly next: string;
}

/** Something that must be in a cluster before the engine can follow anything there. */
export interface Need {
  /** What it is, e.g. `Argo CD 3.2 or later`. */
  readonly subject: string;
  /** Objects of which the first that is there is looked at. */
  readonly anyOf: readonly AskedObject[];
  /**
   * What is lacking; nothing where nothing is.
   *
   * @param live - the object; nothing when the cluster has none of them
   * @param kubectl - how a line for this cluster begins, with its context
   */
  readonly lack: (live: KubernetesObject | undefined, kubectl: string) => Lack | undefined;
}

/** What one right to read is needed for: where it is missing, the whole of it cannot be looked at. */
export interface Needs {
  /** In words, e.g. `the controllers of Argo CD`. */
  readonly what: string;
  readonly needs: readonly Need[];
}

/** How a Secret becomes the key with which the engine reads the ops repository. */
export interface RepositorySecret {
  /** By which the engine finds it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Fields that say what it opens, which nobody has to give. */
  readonly fields: Readonly<Record<string, string>>;
  /** The same, without which the engine finds it too: whom it is for. */
  readonly limits: Readonly<Record<string, string>>;
  /** Why the engine does not find it as it is in a cluster, and what kubectl is told to mend it, in the Secret's namespace. */
  readonly unfound: (live: KubernetesObject) => readonly { readonly message: string; readonly line: string }[];
}

/** What differs between one engine and another in the cluster that it runs in. Pure functions over data. */
export interface EngineInCluster {
  /** Its own kinds by which it is told what to do, e.g. `AppProject and Application`. */
  readonly ownKinds: string;
  /** Whether an object is of one of its own kinds, which it brings to the cluster itself. */
  readonly owns: (object: Pick<KubernetesObject, 'apiVersion'>) => boolean;
  /** Namespace that it runs in, and its own objects and keys with it. */
  readonly namespaceOf: (environment: Environment) => string;
  /** What must be there before it can follow anything. */
  readonly needs: (environment: Environment) => readonly Needs[];
  /** Lists in the `spec` of its own objects that mean something else when the cluster has one and the branch has none. */
  readonly wholeLists: readonly string[];
  /** Name of the watched object that an object is marked with; nothing where it is marked with none. */
  readonly markOf: (object: KubernetesObject) => string | undefined;
  /** What a watched object looks after; nothing where it never compared anything. */
  readonly looksAfter: (
    live: KubernetesObject,
  ) => readonly { readonly group: string; readonly kind: string; readonly name: string }[];
  /**
   * What makes a watched object let go of everything that it looks after, without changing any of it, and takes it away: lines that can be
   * typed as they stand.
   *
   * @param kubectl - how a line for this cluster begins, with its context
   */
  readonly letGo: (watched: AskedObject, kubectl: string) => readonly string[];
  /**
   * What makes a watched object leave the cluster as it is, whatever its branch says and whoever changes the cluster, and what ends that: a
   * line each, that can be typed as it stands.
   *
   * @param kubectl - how a line for this cluster begins
   */
  readonly suspension: (watched: AskedObject, kubectl: string) => { readonly suspend: string; readonly resume: string };
  /** What makes the Secret of a credential its key to the ops repository; nothing where the credential is for something else. */
  readonly repositorySecret: (binding: Binding, credential: Credential) => RepositorySecret | undefined;
  /** Keys of a Secret that say what it is for, and are none: they may be shown. */
  readonly shownKeys: (secret: KubernetesObject) => readonly string[];
}
