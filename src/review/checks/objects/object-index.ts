import type { KubernetesObject } from '../../../model/application.ts';
import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { selects, type LabelSelector } from './label-selector.ts';
import { isClusterScoped, kindOf } from './kind.ts';
import { podReferences, type PodReference } from './pod-references.ts';
import { podSelectors, type PodSelector } from './selectors.ts';
import { workloadOf, type Workload } from './workload.ts';

/** The pods of an environment, found by their labels. */
interface Pods {
  readonly workloads: readonly Workload[];
  readonly byRendered: ReadonlyMap<RenderedObject, Workload>;
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  readonly byLabel: ReadonlyMap<string, readonly Workload[]>;
}

/**
 * The objects of an environment, looked up by kind and name, and its pods by their labels. Made once, in linear time; what
 * several checks need is worked out at the first question.
 */
export class ObjectIndex {
  readonly #byKind = new Map<string, RenderedObject[]>();
  readonly #byName = new Map<string, RenderedObject>();
  readonly #references = new Map<Workload, readonly PodReference[]>();
  #pods: Pods | undefined;
  #podSelectors: readonly PodSelector[] | undefined;

  constructor(
    readonly all: readonly RenderedObject[],
    /** Namespace of objects that name none. */
    readonly namespace: string,
  ) {
    for (const rendered of all) {
      const kind = kindOf(rendered.object);
      append(this.#byKind, kind, rendered);
      const key = nameKey(kind, this.namespaceOf(rendered.object), rendered.object.metadata.name);
      if (!this.#byName.has(key)) this.#byName.set(key, rendered);
    }
  }

  /** Everything that makes pods, in the order of the objects. */
  get workloads(): readonly Workload[] {
    return this.#indexPods().workloads;
  }

  /** Every selector that is meant to select some pods, but not all of them. */
  get podSelectors(): readonly PodSelector[] {
    this.#podSelectors ??= podSelectors(this);
    return this.#podSelectors;
  }

  /** What a pod template names: {@link podReferences}. */
  references(workload: Workload): readonly PodReference[] {
    const known = this.#references.get(workload);
    if (known !== undefined) return known;
    const references = podReferences(workload);
    this.#references.set(workload, references);
    return references;
  }

  /** Namespace that the object lands in; empty for a cluster-scoped one. */
  namespaceOf(object: KubernetesObject): string {
    return isClusterScoped(kindOf(object)) ? '' : (object.metadata.namespace ?? this.namespace);
  }

  /** Objects of the kinds, as {@link kindOf} writes them. */
  ofKind(...kinds: readonly string[]): readonly RenderedObject[] {
    return kinds.flatMap((kind) => this.#byKind.get(kind) ?? []);
  }

  /** The object of that kind and name. @param namespace - @default the environment's, or none for a cluster-scoped kind */
  find(kind: string, name: string, namespace?: string): RenderedObject | undefined {
    return this.#byName.get(nameKey(kind, isClusterScoped(kind) ? '' : (namespace ?? this.namespace), name));
  }

  /** The object of that kind and name, when it makes pods. */
  workload(kind: string, name: string, namespace: string = this.namespace): Workload | undefined {
    const rendered = this.find(kind, name, namespace);
    return rendered === undefined ? undefined : this.#indexPods().byRendered.get(rendered);
  }

  /** Names of the objects of a kind in a namespace, for messages. */
  namesOf(kind: string, namespace: string = this.namespace): readonly string[] {
    const where = isClusterScoped(kind) ? '' : namespace;
    return this.ofKind(kind)
      .filter(({ object }) => this.namespaceOf(object) === where)
      .map(({ object }) => object.metadata.name);
  }

  /** The workloads of a namespace whose pods a selector selects. */
  selected(selector: LabelSelector, namespace: string = this.namespace): readonly Workload[] {
    const { byLabel, byNamespace } = this.#indexPods();
    const lists = Object.entries(selector.labels).map(([label, value]) => byLabel.get(labelKey(namespace, label, value)) ?? []);
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a), byNamespace.get(namespace) ?? []);
    return shortest.filter(({ labels }) => selects(selector, labels));
  }

  #indexPods(): Pods {
    if (this.#pods !== undefined) return this.#pods;
    const workloads = this.all.flatMap((rendered) => workloadOf(rendered, this.namespaceOf(rendered.object)) ?? []);
    const byNamespace = new Map<string, Workload[]>();
    const byLabel = new Map<string, Workload[]>();
    for (const workload of workloads) {
      append(byNamespace, workload.namespace, workload);
      for (const [label, value] of Object.entries(workload.labels)) append(byLabel, labelKey(workload.namespace, label, value), workload);
    }
    this.#pods = { workloads, byRendered: new Map(workloads.map((workload) => [workload.rendered, workload])), byNamespace, byLabel };
    return this.#pods;
  }
}

const nameKey = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

const labelKey = (namespace: string, label: string, value: string): string => `${namespace} ${label}=${value}`;

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
