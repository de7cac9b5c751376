import type { KubernetesObject } from '../model/application.ts';
import type { PodPeer } from '../model/network/pod-peer.ts';
import type { IngressKind } from '../model/network/ingress.ts';
import type { Check } from '../objects/check.ts';
import type { CustomReference } from '../objects/names/custom-reference.ts';
import type { ServiceReference } from '../objects/traffic/service-references.ts';
import type { Say } from '../objects/change/phrase.ts';

/** What an object that lets requests in says about them. */
export interface RequestEntry {
  /** Hosts that it answers for; none when it answers for any. */
  readonly hosts: (object: KubernetesObject) => readonly string[];
  /** Paths that lead to the Service which a field names, e.g. `spec.routes[0].services[1].name`. */
  readonly paths: (object: KubernetesObject, field: string) => readonly string[];
}

/** A program that lets traffic into a cluster: everything that the stages ask of it, besides its constructs. Pure functions over data. */
export interface IngressPlugin<Kind extends IngressKind = IngressKind> {
  readonly kind: Kind;
  /** As its users write it, e.g. `Traefik`. */
  readonly title: string;
  /** Pods of the controller where the environment names none. */
  readonly controller: PodPeer;
  /** API groups that its kinds had, by the group that they have now. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Kinds of its own that charts draw, with the version in which they do. */
  readonly drawn: readonly (readonly [apiVersion: string, kind: string])[];
  /** Its kinds that decide where traffic goes; `modifiers` alone send none anywhere. */
  readonly routes: readonly string[];
  readonly modifiers: readonly string[];
  /** Its kinds that let requests from outside of the cluster in, as `kindOf` writes them. */
  readonly entries: Readonly<Record<string, RequestEntry>>;
  /** Services that its kinds send traffic to, by kind. */
  readonly services: Readonly<Record<string, (object: KubernetesObject) => readonly ServiceReference[]>>;
  /** Names of other objects inside of its kinds. */
  readonly references: readonly CustomReference[];
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
