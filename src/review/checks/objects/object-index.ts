import type { KubernetesObject } from '../../../model/application.ts';
import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { selects, type LabelSelector } from './label-selector.ts';
import { workloadOf, type Workload } from './workload.ts';

/** Kinds without a namespace, besides those that are named `Cluster…`. */
const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'Project.kargo.akuity.io',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttributesClass',
]);

/** API group of an object; empty for the core group. */
export function apiGroup({ apiVersion }: KubernetesObject): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The plain kind for what Kubernetes itself serves, else kind and group, e.g. `Middleware.traefik.io`. */
export function kindOf(object: KubernetesObject): string {
  const group = apiGroup(object);
  const builtIn = !group.includes('.') || group.endsWith('.k8s.io');
  return builtIn ? object.kind : `${object.kind}.${group}`;
}

/** Whether objects of the kind (as {@link kindOf} writes it) live outside of namespaces. */
export const isClusterScoped = (kind: string): boolean => clusterKinds.has(kind) || kind.startsWith('Cluster');

/** `Kind/name`, as findings and exceptions name an object. */
export const objectId = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** The objects of an environment, looked up by kind and name, and its pods by their labels. Made once, in linear time. */
export class ObjectIndex {
  /** Everything that makes pods, in the order of the objects. */
  readonly workloads: readonly Workload[];
  readonly #byKind = new Map<string, RenderedObject[]>();
  readonly #byName = new Map<string, RenderedObject>();
  readonly #byLabel = new Map<string, Workload[]>();
  readonly #byNamespace = new Map<string, Workload[]>();
  readonly #byRendered = new Map<RenderedObject, Workload>();

  constructor(
    readonly all: readonly RenderedObject[],
    /** Namespace of objects that name none. */
    readonly namespace: string,
  ) {
    const workloads: Workload[] = [];
    for (const rendered of all) {
      const kind = kindOf(rendered.object);
      append(this.#byKind, kind, rendered);
      const key = nameKey(kind, this.namespaceOf(rendered.object), rendered.object.metadata.name);
      if (!this.#byName.has(key)) this.#byName.set(key, rendered);
      const workload = workloadOf(rendered, this.namespaceOf(rendered.object));
      if (workload !== undefined) workloads.push(workload);
    }
    for (const workload of workloads) {
      this.#byRendered.set(workload.rendered, workload);
      append(this.#byNamespace, workload.namespace, workload);
      for (const [label, value] of Object.entries(workload.labels)) append(this.#byLabel, labelKey(workload.namespace, label, value), workload);
    }
    this.workloads = workloads;
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
    return rendered === undefined ? undefined : this.#byRendered.get(rendered);
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
    const lists = Object.entries(selector.labels).map(([label, value]) => this.#byLabel.get(labelKey(namespace, label, value)) ?? []);
    const shortest = lists.reduce((a, b) => (b.length < a.length ? b : a), this.#byNamespace.get(namespace) ?? []);
    return shortest.filter(({ labels }) => selects(selector, labels));
  }
}

const nameKey = (kind: string, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

const labelKey = (namespace: string, label: string, value: string): string => `${namespace} ${label}=${value}`;

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
