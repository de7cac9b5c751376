import { everyIngress } from '../../ingresses/ingresses.ts';
import type { KubernetesObject } from '../../model/application.ts';
import { fieldsOf, itemsOf, numberOf, textOf, valueAt } from '../../objects/fields.ts';
import { podSpecOf } from './pods/pod-template.ts';
import { ruleSentences, selectorWords } from './words/policy-words.ts';

type Summarize = (object: KubernetesObject) => readonly string[];

const keysOf = (object: KubernetesObject): readonly string[] => {
  const keys = ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(fieldsOf(object[field])));
  return keys.length === 0 ? [] : [`keys ${keys.join(', ')}`];
};

const images = (object: KubernetesObject): readonly string[] =>
  itemsOf(podSpecOf(object)?.['containers']).flatMap((container) => {
    const image = textOf(valueAt(container, 'image'));
    return image === undefined ? [] : [`image ${image}`];
  });

const replicas = (object: KubernetesObject): readonly string[] => {
  const count = numberOf(valueAt(object, 'spec', 'replicas'));
  return count === undefined ? [] : [count === 1 ? '1 replica' : `${count} replicas`];
};

const workload: Summarize = (object) => [...replicas(object), ...images(object)];

const size = (object: KubernetesObject, ...path: readonly string[]): readonly string[] => {
  const value = textOf(valueAt(object, 'spec', ...path, 'storage'));
  const storageClass = textOf(valueAt(object, 'spec', 'storageClassName'));
  return [...(value === undefined ? [] : [value]), ...(storageClass === undefined ? [] : [`class ${storageClass}`])];
};

const byKind: Readonly<Record<string, Summarize>> = {
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Job: images,
  CronJob: (object) => [
    `schedule "${textOf(valueAt(object, 'spec', 'schedule')) ?? ''}"`,
    ...(valueAt(object, 'spec', 'suspend') === true ? ['suspended'] : []),
    ...images(object),
  ],
  ConfigMap: keysOf,
  Secret: keysOf,
  Service: (object) =>
    itemsOf(valueAt(object, 'spec', 'ports')).map((port) => `port ${String(numberOf(valueAt(port, 'port')) ?? '?')}`),
  PersistentVolumeClaim: (object) => size(object, 'resources', 'requests'),
  PersistentVolume: (object) => size(object, 'capacity'),
  NetworkPolicy: (object) => [
    `about ${selectorWords(valueAt(object, 'spec', 'podSelector'))}`,
    ...(['ingress', 'egress'] as const).flatMap((direction) =>
      itemsOf(valueAt(object, 'spec', direction)).flatMap((rule) =>
        ruleSentences(direction, rule).map((sentence) => `lets traffic ${sentence}`),
      ),
    ),
  ],
  ...Object.fromEntries(everyIngress.flatMap(({ summaries }) => Object.entries(summaries))),
  HorizontalPodAutoscaler: (object) => [
    `${String(numberOf(valueAt(object, 'spec', 'minReplicas')) ?? 1)} to ${String(numberOf(valueAt(object, 'spec', 'maxReplicas')) ?? '?')} pods`,
  ],
};

/** A new object in a few words, e.g. `2 replicas` and `image acme/orders:v1.2`; nothing for kinds that nobody has words for. */
export const summaryOf = (object: KubernetesObject): readonly string[] =>
  Object.hasOwn(byKind, object.kind) ? (byKind[object.kind]?.(object) ?? []) : [];
