import type { KubernetesObject } from '../model/application.ts';
import type { KubernetesLine } from '../model/environment.ts';
import { fieldsOf, valueAt, type Fields } from './fields.ts';
import { kindOf } from './kind.ts';
import { quantityOf } from './quantity.ts';

/** A change that the API server refuses. */
export interface ImmutableChange {
  readonly field: string;
  /** The published value, as JSON. */
  readonly from: string;
  /** The rendered value, as JSON. */
  readonly to: string;
  /** What to do instead. */
  readonly advice: string;
}

/** What can be changed in a kind, or what cannot. */
type FieldRule =
  /** Every field below `path` but these. */
  | { readonly path: readonly string[]; readonly except: readonly string[] }
  /** These fields below `path` alone. */
  | { readonly path: readonly string[]; readonly only: readonly string[] };

const bindingRule: FieldRule = { path: [], only: ['roleRef'] };

/**
 * What the API server refuses to change, by kind.
 * @see https://github.com/kubernetes/kubernetes/tree/v1.36.0/pkg/apis (the functions Validate…Update)
 */
const rules: Readonly<Record<string, FieldRule>> = {
  Deployment: { path: ['spec'], only: ['selector'] },
  ReplicaSet: { path: ['spec'], only: ['selector'] },
  DaemonSet: { path: ['spec'], only: ['selector'] },
  StatefulSet: {
    path: ['spec'],
    except: [
      'replicas',
      'template',
      'updateStrategy',
      'minReadySeconds',
      'ordinals',
      'persistentVolumeClaimRetentionPolicy',
      'revisionHistoryLimit',
    ],
  },
  PersistentVolumeClaim: { path: ['spec'], except: ['resources', 'volumeAttributesClassName'] },
  PersistentVolume: {
    path: ['spec'],
    except: ['capacity', 'claimRef', 'mountOptions', 'persistentVolumeReclaimPolicy', 'volumeAttributesClassName'],
  },
  Job: {
    path: ['spec'],
    only: ['selector', 'template', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy'],
  },
  Pod: { path: ['spec'], except: ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'] },
  Service: { path: ['spec'], only: ['clusterIP'] },
  Secret: { path: [], only: ['type'] },
  RoleBinding: bindingRule,
  ClusterRoleBinding: bindingRule,
  StorageClass: { path: [], only: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'] },
  PriorityClass: { path: [], only: ['value', 'preemptionPolicy'] },
};

/** Values that the API server fills in, so that leaving them out is no change. */
const defaults: Readonly<Record<string, unknown>> = {
  podManagementPolicy: 'OrderedReady',
  volumeMode: 'Filesystem',
  completionMode: 'NonIndexed',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
};

/** An older line refuses a change of this field too. @see https://github.com/kubernetes/kubernetes/pull/129017 */
const revisionHistoryChangesFrom = 33;

/** The changes between two states of one object that the API server refuses, of an object that nobody makes anew. */
export function immutableChanges(
  before: KubernetesObject,
  after: KubernetesObject,
  oldest: KubernetesLine,
): readonly ImmutableChange[] {
  const kind = kindOf(after);
  return [
    ...fieldChanges(kind, before, after, oldest),
    ...storageChanges(kind, before, after),
    ...frozenData(kind, before, after),
  ];
}

function fieldChanges(
  kind: string,
  before: KubernetesObject,
  after: KubernetesObject,
  oldest: KubernetesLine,
): readonly ImmutableChange[] {
  const rule = rules[kind];
  if (rule === undefined) return [];
  const old = fieldsOf(valueAt(before, ...rule.path));
  const now = fieldsOf(valueAt(after, ...rule.path));
  if (old === now) return [];
  const isOld = Number(oldest.split('.')[1]) < revisionHistoryChangesFrom;
  const mutable = 'except' in rule ? rule.except.filter((field) => !isOld || field !== 'revisionHistoryLimit') : [];
  const fields =
    'only' in rule
      ? [...rule.only]
      : [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((field) => !mutable.includes(field));
  return fields.sort().flatMap((field) => {
    if (old[field] === now[field]) return [];
    const from = comparable(field, old);
    const to = comparable(field, now);
    if (from === to) return [];
    return [
      {
        field: [...rule.path, field].join('.'),
        from,
        to,
        advice: `keep ${field} as it is published, or delete the ${after.kind} by hand first`,
      },
    ];
  });
}

/** A field as JSON with sorted keys, so that order and defaults make no difference. */
function comparable(field: string, fields: Fields): string {
  const value = fields[field] ?? defaults[field];
  return value === undefined
    ? 'nothing'
    : JSON.stringify(field === 'volumeClaimTemplates' ? claimTemplates(value) : normal(value));
}

/** Of a claim template only name, labels and spec count; `apiVersion` and `kind` may be left out. */
const claimTemplates = (value: unknown): unknown =>
  (Array.isArray(value) ? value : [value]).map((template: unknown) => ({
    metadata: normal(valueAt(template, 'metadata')),
    spec: normal({ volumeMode: 'Filesystem', ...fieldsOf(valueAt(template, 'spec')) }),
  }));

function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, normal(entry)]),
  );
}

function storageChanges(kind: string, before: KubernetesObject, after: KubernetesObject): readonly ImmutableChange[] {
  if (kind !== 'PersistentVolumeClaim') return [];
  const path = ['spec', 'resources', 'requests', 'storage'] as const;
  const old = valueAt(before, ...path);
  const now = valueAt(after, ...path);
  if (quantityOf(old) === quantityOf(now)) return [];
  const shrinks = (quantityOf(now) ?? 0) < (quantityOf(old) ?? 0);
  const advice = shrinks
    ? 'a claim never shrinks; keep the size'
    : 'a claim grows only where its StorageClass allows expansion; keep the size, or allow this exception where it does';
  return [{ field: path.join('.'), from: JSON.stringify(old), to: JSON.stringify(now), advice }];
}

/** A ConfigMap or Secret that is marked immutable keeps its data. */
function frozenData(kind: string, before: KubernetesObject, after: KubernetesObject): readonly ImmutableChange[] {
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || before['immutable'] !== true) return [];
  return ['data', 'binaryData', 'stringData', 'immutable'].flatMap((field) =>
    comparable(field, before) === comparable(field, after)
      ? []
      : [
          {
            field,
            from: 'other contents',
            to: 'new ones',
            advice: `it is marked immutable; give the new ${after.kind} another name`,
          },
        ],
  );
}
