import { everyEngine } from '../../../engines/engines.ts';
import { valueAt } from '../../../objects/fields.ts';
import { entryOf, fieldPattern, type Path } from '../../../objects/change/path.ts';
import { templatePathOf } from '../pods/pod-template.ts';
import {
  labelled,
  lastField,
  moved,
  renamed,
  switched,
  type Say,
  type Wording,
} from '../../../objects/change/phrase.ts';
import { autoscalerWords } from './autoscaler-words.ts';
import { podWords } from './pod-words.ts';
import { rightWords } from './right-words.ts';
import { ruleSentences } from './policy-words.ts';
import { suppliedWords } from './supplied-words.ts';
import { everyIngress } from '../../../ingresses/ingresses.ts';

const policyRule =
  (direction: 'ingress' | 'egress'): Say =>
  ({ before, after }) => {
    const sentence = (rule: unknown): string => ruleSentences(direction, rule).join('; ');
    if (before === undefined) return `lets traffic ${sentence(after)}`;
    return after === undefined ? `no longer lets traffic ${sentence(before)}` : undefined;
  };

const replicas: Say = (wording) => {
  const { before, after } = wording;
  if (typeof before === 'number' && typeof after === 'number') return `${before} → ${after} replicas`;
  return after === undefined ? 'no number of replicas: an autoscaler says' : moved('replicas', wording);
};

const port =
  (label: string): Say =>
  (wording) =>
    moved(`port ${entryOf(wording.path, 'ports') ?? ''}${label}`, wording);

const right: Say = ({ before, after }) =>
  `${after === undefined ? 'may no longer' : 'may'} ${rightWords(after ?? before)}`;

/** What every kind of workload has. */
const workload: Readonly<Record<string, Say>> = {
  'spec.replicas': replicas,
  'spec.strategy.type': labelled('rollout'),
  'spec.strategy.rollingUpdate.maxSurge': labelled('pods above the number in a rollout'),
  'spec.strategy.rollingUpdate.maxUnavailable': labelled('pods below the number in a rollout'),
  'spec.updateStrategy.type': labelled('rollout'),
  'spec.progressDeadlineSeconds': labelled('rollout gives up after', ' s'),
  'spec.minReadySeconds': labelled('ready for at least', ' s'),
  'spec.revisionHistoryLimit': labelled('old revisions kept'),
  'spec.serviceName': labelled('governing Service'),
  'spec.podManagementPolicy': labelled('pods start'),
  'spec.updateStrategy.rollingUpdate.maxSurge': labelled('pods above the number in a rollout'),
  'spec.updateStrategy.rollingUpdate.maxUnavailable': labelled('pods below the number in a rollout'),
  'spec.volumeClaimTemplates[].spec.resources.requests.storage': (wording) =>
    moved(`disk ${entryOf(wording.path, 'volumeClaimTemplates') ?? ''}`, wording),
  'spec.volumeClaimTemplates[].spec.storageClassName': (wording) =>
    moved(`storage class of disk ${entryOf(wording.path, 'volumeClaimTemplates') ?? ''}`, wording),
};

/** Fields of kinds in the owner's words. */
const byKind: Readonly<Record<string, Readonly<Record<string, Say>>>> = {
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  CronJob: {
    'spec.schedule': labelled('schedule'),
    'spec.timeZone': labelled('time zone'),
    'spec.suspend': switched('suspended', 'resumed'),
    'spec.concurrencyPolicy': labelled('overlapping runs'),
    'spec.startingDeadlineSeconds': labelled('may start late by', ' s'),
    'spec.failedJobsHistoryLimit': labelled('failed runs kept'),
    'spec.successfulJobsHistoryLimit': labelled('good runs kept'),
    'spec.jobTemplate.spec.activeDeadlineSeconds': labelled('killed after', ' s'),
    'spec.jobTemplate.spec.backoffLimit': labelled('retries'),
    'spec.jobTemplate.spec.podReplacementPolicy': labelled('a new pod comes once the old one is'),
  },
  Job: {
    'spec.activeDeadlineSeconds': labelled('killed after', ' s'),
    'spec.backoffLimit': labelled('retries'),
    'spec.podReplacementPolicy': labelled('a new pod comes once the old one is'),
  },
  Service: {
    'spec.type': labelled('type'),
    'spec.clusterIP': labelled('cluster address'),
    'spec.publishNotReadyAddresses': switched('names pods that are not ready', 'names only pods that are ready'),
    'spec.ports[]': ({ path, before, after }) =>
      `port ${entryOf(path, 'ports') ?? ''} ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`,
    'spec.ports[].name': renamed('port'),
    'spec.ports[].port': port(''),
    'spec.ports[].targetPort': port(' → container port'),
    'spec.ports[].nodePort': port(' on every node'),
    'spec.ports[].protocol': port(' protocol'),
  },
  PersistentVolumeClaim: {
    'spec.resources.requests.storage': labelled('size'),
    'spec.storageClassName': labelled('storage class'),
    'spec.volumeName': labelled('volume'),
    'spec.accessModes[]': labelled('access mode'),
  },
  PersistentVolume: {
    'spec.capacity.storage': labelled('size'),
    'spec.storageClassName': labelled('storage class'),
    'spec.local.path': labelled('folder'),
    'spec.hostPath.path': labelled('folder'),
    'spec.persistentVolumeReclaimPolicy': labelled('when its claim goes'),
  },
  HorizontalPodAutoscaler: autoscalerWords,
  Role: { 'rules[]': right },
  ClusterRole: { 'rules[]': right },
  PodDisruptionBudget: {
    'spec.maxUnavailable': labelled('pods that may be away'),
    'spec.minAvailable': labelled('pods that must stay'),
  },
  NetworkPolicy: {
    'spec.ingress[]': policyRule('ingress'),
    'spec.egress[]': policyRule('egress'),
    'spec.policyTypes[]': labelled('limits'),
  },
  ...suppliedWords,
  ...Object.fromEntries([...everyEngine, ...everyIngress].flatMap(({ words }) => Object.entries(words))),
};

/** What can be said of other fields, by kind. */
const sayOf: Readonly<Record<string, Say>> = Object.fromEntries(everyIngress.flatMap(({ say }) => Object.entries(say)));

/** A difference in the owner's words, e.g. `6 → 8 replicas`; nothing where there are none. */
export function wordsOf(wording: Wording): string | undefined {
  const { object, path } = wording;
  const templatePath = templatePathOf(object);
  if (templatePath !== undefined && startsWith(path, templatePath)) {
    return podWords({ ...wording, path: path.slice(templatePath.length) }, valueAt(object, ...templatePath));
  }
  const pattern = fieldPattern(path);
  const table = byKind[object.kind];
  if (table !== undefined && Object.hasOwn(table, pattern)) return table[pattern]?.(wording);
  return Object.hasOwn(sayOf, object.kind) ? sayOf[object.kind]?.(wording) : inMap(wording);
}

/** Maps of any kind whose keys people choose. */
const maps: Readonly<Record<string, string>> = {
  data: '',
  binaryData: '',
  stringData: '',
  // Text that nobody can read is too long to be shown: that it is another one is all there is to say.
  'spec.encryptedData': 'sealed value of ',
  'metadata.labels': 'label ',
  'metadata.annotations': 'annotation ',
  'spec.selector': 'selects pods by ',
  'spec.selector.matchLabels': 'selects pods by ',
  'spec.podSelector.matchLabels': 'is about pods with ',
};

function inMap(wording: Wording): string | undefined {
  const label = maps[fieldPattern(wording.path.slice(0, -1))];
  const field = lastField(wording);
  if (label === undefined || field === '') return undefined;
  return moved(`${label}${field}`, wording);
}

const startsWith = (path: Path, start: Path): boolean =>
  path.length > start.length && start.every((step, i) => path[i] === step);
