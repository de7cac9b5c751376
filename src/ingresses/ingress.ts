import type { KubernetesObject } from '../model/application.ts';
import type { IngressKind, PodPeer } from '../model/environment.ts';
import type { Check } from '../objects/check.ts';
import type { Say } from '../objects/change/phrase.ts';

/** A program that lets traffic into a cluster: everything that the stages ask of it, besides its constructs. Pure functions over data. */
export interface IngressPlugin<Kind extends IngressKind = IngressKind> {
  readonly kind: Kind;
  /** As its users write it, e.g. `Traefik`. */
  readonly title: string;
  /** Pods of the controller where the environment names none. */
  readonly controller: PodPeer;
  /** API groups that its kinds had, by the group that they have now. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Its kinds that decide where traffic goes; `modifiers` alone send none anywhere. */
  readonly routes: readonly string[];
  readonly modifiers: readonly string[];
  /** Kinds of its own that answer without encryption unless `spec.tls` is there. */
  readonly listeners: readonly string[];
  /** Paths of fields that hold a Secret's name, by kind. */
  readonly secretFields: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Fields of its own kinds in its users' words, by kind and field. */
  readonly words: Readonly<Record<string, Readonly<Record<string, Say>>>>;
  /** Whatever else it can say of a difference, by kind. */
  readonly say: Readonly<Record<string, Say>>;
  /** A new object of its own kinds in a few words, by kind. */
  readonly summaries: Readonly<Record<string, (object: KubernetesObject) => readonly string[]>>;
  /** What is checked of its own objects. */
  readonly checks: readonly Check[];
}
