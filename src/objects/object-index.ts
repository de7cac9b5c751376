import type { KubernetesObject } from '../model/application.ts';
import type { RenderedObject } from './rendered-object.ts';
import { selects, type LabelSelector } from './traffic/label-selector.ts';
import { isClusterScoped, kindOf } from './kind.ts';
import { podReferences, type PodReference } from './pods/pod-references.ts';
import { podSelectors, type PodSelector } from './traffic/selectors.ts';
import { workloadOf, type Workload } from './pods/workload.ts';

/** The pods of an environment, found by their labels. */
interface Pods {
  readonly workloads: readonly Workload[];
  readonly byRendered: ReadonlyMap<RenderedObject, Workload>;
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  /** By namespace, label and value. */
  readonly byLabel: Tree<Workload[]>;
}

/**
 * The objects of an environment, looked up by kind and name, and its pods by their labels. Made once, in linear time; what
 * several checks need is worked out at the first question.
 */
export class ObjectIndex {
  readonly #byKind = new Map<string, RenderedObject[]>();
  /** By kind, namespace and name. */
  readonly #byName: Tree<RenderedObject> = new Map();
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
      const where = isClusterScoped(kind) ? '' : (rendered.object.metadata.namespace ?? namespace);
      append(this.#byKind, kind, rendered);
      const names = branch(branch(this.#byName, kind), where);
      if (!names.has(rendered.object.metadata.name)) names.set(rendered.object.metadata.name, rendered);
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
  ofKind(kind: string, ...others: readonly string[]): readonly RenderedObject[] {
    const first = this.#byKind.get(kind) ?? nothing;
    return others.length === 0 ? first : [...first, ...others.flatMap((other) => this.#byKind.get(other) ?? [])];
  }

  /** The object of that kind and name. @param namespace - @default the environment's, or none for a cluster-scoped kind */
  find(kind: string, name: string, namespace?: string): RenderedObject | undefined {
    return this.#byName
      .get(kind)
      ?.get(isClusterScoped(kind) ? '' : (namespace ?? this.namespace))
      ?.get(name);
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
    const labels = byLabel.get(namespace);
    let shortest = byNamespace.get(namespace) ?? [];
    for (const label of Object.keys(selector.labels)) {
      const list = labels?.get(label)?.get(selector.labels[label] ?? '') ?? [];
      if (list.length < shortest.length) shortest = list;
    }
    return shortest.filter((workload) => selects(selector, workload.labels));
  }

  #indexPods(): Pods {
    if (this.#pods !== undefined) return this.#pods;
    const workloads: Workload[] = [];
    const byRendered = new Map<RenderedObject, Workload>();
    const byNamespace = new Map<string, Workload[]>();
    const byLabel: Tree<Workload[]> = new Map();
    for (const rendered of this.all) {
      const workload = workloadOf(rendered, this.namespaceOf(rendered.object));
      if (workload === undefined) continue;
      workloads.push(workload);
      byRendered.set(rendered, workload);
      append(byNamespace, workload.namespace, workload);
      const labels = branch(byLabel, workload.namespace);
      for (const label of Object.keys(workload.labels))
        append(branch(labels, label), workload.labels[label] ?? '', workload);
    }
    this.#pods = { workloads, byRendered, byNamespace, byLabel };
    return this.#pods;
  }
}

const nothing: readonly RenderedObject[] = [];

/** Maps in maps in a map: looking up in three of them costs less than making one key of three names. */
type Tree<Value> = Map<string, Map<string, Map<string, Value>>>;

/** The map under a key; made when there is none. */
function branch<Value>(maps: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  maps.set(key, made);
  return made;
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
