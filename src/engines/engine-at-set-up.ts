import type { KubernetesObject } from '../model/application.ts';
import type { Credential } from '../model/credential.ts';
import type { AskedObject } from '../objects/tools/needs.ts';

/** What the rendered objects of an environment's `bootstrap/` tell the engine. */
export interface RenderedBinding {
  /** Namespace that they lie in. */
  readonly namespace: string;
  /** Namespace that what they apply lies in. */
  readonly environmentNamespace: string;
  /** Names of the watched objects, in the order of their files. */
  readonly applications: readonly string[];
  /** Name of the objects that say what may be applied. */
  readonly limits: string;
  /** Address under which the ops repository is read. */
  readonly repository: string;
}

/** A kind that the engine still looks after, and would lose from sight if it were allowed no more. */
export interface KindInUse {
  /** List or object of the limits that allows it. */
  readonly list: string;
  readonly group: string;
  readonly kind: string;
}

/** `bootstrap/` as it is applied now, and the kinds that are allowed for a last time, as `Kind` or `Kind.group`. */
export interface Kept {
  readonly objects: readonly KubernetesObject[];
  readonly kinds: readonly string[];
}

/** What differs between one engine and another while an environment is set up in its cluster. Pure functions over data. */
export interface EngineAtSetUp {
  /** Reads what the rendered objects say; nothing where none of them is the engine's. */
  readonly rendered: (bootstrap: readonly KubernetesObject[]) => RenderedBinding | undefined;
  /** Kinds of its own that a cluster in which it was installed serves. */
  readonly serves: { readonly apiVersion: string; readonly kinds: readonly string[] };
  /** What a cluster without it lacks, and the line that installs it. */
  readonly lacking: (namespace: string, kubectl: string) => string;
  /** What is asked to know which kinds are in use: the objects with the limits, and the kind of all watched ones in its namespace. */
  readonly asksInUse: (rendered: Pick<RenderedBinding, 'namespace' | 'environmentNamespace' | 'limits'>) => {
    readonly limits: readonly AskedObject[];
    readonly watched: { readonly apiVersion: string; readonly kind: string };
  };
  /** Kinds that the limits allow, where one of their applications looks after an object. */
  readonly kindsInUse: (
    limits: readonly KubernetesObject[],
    watched: readonly KubernetesObject[],
  ) => readonly KindInUse[];
  /** Lets the limits go on allowing what is in use: an object of a kind that is not allowed would run on unseen. */
  readonly keepInUse: (bootstrap: readonly KubernetesObject[], limits: string, inUse: readonly KindInUse[]) => Kept;
  /** What is said of kinds that are allowed for a last time, lower case. */
  readonly keeping: (rendered: RenderedBinding, kinds: readonly string[]) => string;
  /** Fields of its own kinds that it writes itself, by kind. */
  readonly writes: Readonly<Record<string, readonly string[]>>;
  /** Keys of its Secret that this program always writes, so that nobody gives one; another that it writes gives way to one that is given. */
  readonly writtenKeys: readonly string[];
  /** Why the keys of a credential do not open the address that it reads; nothing where they do. */
  readonly keyProblem: (repository: string, credential: Credential) => string | undefined;
  /** Page of a watched object, at the address of the engine's pages. */
  readonly page: (address: string, rendered: RenderedBinding, application: string) => string;
}
