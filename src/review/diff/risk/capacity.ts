import type { KubernetesObject } from '../../../model/application.ts';
import { describeCpu, describeMemory } from '../../../model/formats/quantity.ts';
import { fieldsOf, itemsOf, numberOf, textOf, valueAt, type Fields } from '../../../objects/fields.ts';
import { podSpecOf } from '../pods/pod-template.ts';
import { comparableQuantity } from '../compare/same-value.ts';
import type { Moved, Risk } from '../tree-diff.ts';

/** What a tree asks for: cores, bytes of memory, bytes of disk. */
interface Totals {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
}

/** Kinds that ask for something, or say how often. */
const counted: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
  'PersistentVolumeClaim',
  'HorizontalPodAutoscaler',
]);

/** Whether a change of the object can move a total. */
export const countsForCapacity = ({ kind }: Pick<KubernetesObject, 'kind'>): boolean => counted.has(kind);

/** The totals that differ between two trees. Jobs count as if they ran, autoscaled pods as many as there may be. */
export function capacityMoved(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): Risk['capacity'] {
  const [old, now] = [totalsOf(before), totalsOf(after)];
  return {
    ...entry('cpu', old.cpu, now.cpu, describeCpu),
    ...entry('memory', old.memory, now.memory, describeMemory),
    ...entry('storage', old.storage, now.storage, describeMemory),
  };
}

function entry(
  name: string,
  old: number,
  now: number,
  write: (value: number) => string,
): Readonly<Record<string, Moved>> {
  const [before, after] = [old, now].map((value) => Math.round(value * 1000) / 1000) as [number, number];
  return before === after ? {} : { [name]: { before, after, words: `${write(before)} → ${write(after)}` } };
}

function totalsOf(objects: readonly KubernetesObject[]): Totals {
  const most = new Map(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map((object) => [targetOf(object), numberOf(valueAt(object, 'spec', 'maxReplicas')) ?? 1]),
  );
  const totals = { cpu: 0, memory: 0, storage: 0 };
  for (const object of objects) {
    const { kind, metadata } = object;
    if (kind === 'PersistentVolumeClaim') totals.storage += claimSize(object);
    const pod = podSpecOf(object);
    if (pod === undefined) continue;
    const count = most.get(`${kind}/${metadata.namespace ?? ''}/${metadata.name}`) ?? podCount(object);
    totals.cpu += count * requestOf(pod, 'cpu');
    totals.memory += count * requestOf(pod, 'memory');
    for (const template of itemsOf(valueAt(object, 'spec', 'volumeClaimTemplates')))
      totals.storage += count * claimSize(template);
  }
  return totals;
}

const targetOf = (autoscaler: KubernetesObject): string => {
  const target = valueAt(autoscaler, 'spec', 'scaleTargetRef');
  return `${textOf(valueAt(target, 'kind')) ?? ''}/${autoscaler.metadata.namespace ?? ''}/${textOf(valueAt(target, 'name')) ?? ''}`;
};

const claimSize = (claim: unknown): number =>
  comparableQuantity(valueAt(claim, 'spec', 'resources', 'requests', 'storage')) ?? 0;

function podCount(object: KubernetesObject): number {
  if (object.kind === 'DaemonSet' || object.kind === 'Pod') return 1;
  const path: Readonly<Record<string, readonly string[]>> = {
    Job: ['spec', 'parallelism'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'],
  };
  return numberOf(valueAt(object, ...(path[object.kind] ?? ['spec', 'replicas']))) ?? 1;
}

/**
 * What the scheduler sets aside for a pod: its containers and sidecars together, or one init container where that is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
function requestOf(pod: Fields, resource: 'cpu' | 'memory'): number {
  const request = (container: Fields): number =>
    comparableQuantity(
      valueAt(container, 'resources', 'requests', resource) ?? valueAt(container, 'resources', 'limits', resource),
    ) ?? 0;
  const init = itemsOf(pod['initContainers']).map(fieldsOf);
  const running = [
    ...itemsOf(pod['containers']).map(fieldsOf),
    ...init.filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ];
  return Math.max(
    running.reduce((sum, container) => sum + request(container), 0),
    ...init.map(request),
  );
}
