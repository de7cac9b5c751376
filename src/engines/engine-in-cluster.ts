import type { KubernetesObject } from '../model/application.ts';
import type { Credential } from '../model/credential.ts';
import type { Environment } from '../model/environment.ts';
import type { AskedObject, Needs } from '../objects/tools/needs.ts';
import type { Binding } from './binding.ts';

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
