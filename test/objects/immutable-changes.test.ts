import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { immutableChanges } from '../../src/objects/immutable-changes.ts';
import { catalog } from '../review/schema/change-object.ts';

/** What the API server takes and refuses, by kind: every field of the definition is in one of the lists. */
interface Mutability {
  readonly apiVersion: string;
  readonly kind: string;
  readonly definition: string;
  /** Where the fields lie; the object itself when it is not there. */
  readonly below?: 'spec';
  readonly refused: readonly string[];
}

/** @see https://github.com/kubernetes/kubernetes/tree/v1.36.0/pkg/apis the functions Validate…Update */
const kinds: readonly Mutability[] = [
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].map((kind): Mutability => ({
    apiVersion: 'apps/v1',
    kind,
    definition: `apps#v1.${kind}Spec`,
    below: 'spec',
    refused: ['selector'],
  })),
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    definition: 'apps#v1.StatefulSetSpec',
    below: 'spec',
    refused: ['podManagementPolicy', 'selector', 'serviceName', 'volumeClaimTemplates'],
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    definition: 'core#v1.PersistentVolumeClaimSpec',
    below: 'spec',
    refused: ['accessModes', 'dataSource', 'dataSourceRef', 'selector', 'storageClassName', 'volumeMode', 'volumeName'],
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    definition: 'batch#v1.JobSpec',
    below: 'spec',
    refused: ['backoffLimitPerIndex', 'completionMode', 'managedBy', 'podFailurePolicy', 'selector', 'template'],
  },
  { apiVersion: 'v1', kind: 'Service', definition: 'core#v1.ServiceSpec', below: 'spec', refused: ['clusterIP'] },
  { apiVersion: 'v1', kind: 'Secret', definition: 'core#v1.Secret', refused: ['type'] },
  ...['RoleBinding', 'ClusterRoleBinding'].map((kind): Mutability => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    definition: `rbac.authorization.k8s.io#v1.${kind}`,
    refused: ['roleRef'],
  })),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    definition: 'storage.k8s.io#v1.StorageClass',
    refused: ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    definition: 'scheduling.k8s.io#v1.PriorityClass',
    refused: ['preemptionPolicy', 'value'],
  },
];

test.each(kinds.map((it) => [it.kind, it] as const))(
  'of a %s the API server refuses just these fields, one by one',
  (_kind, { apiVersion, kind, definition, below, refused }) => {
    const holding = (field: string, value: string): KubernetesObject => {
      const fields = { [field]: { spec: { is: value } } };
      return { apiVersion, kind, metadata: { name: 'a' }, ...(below === undefined ? fields : { spec: fields }) };
    };
    const fields = Object.keys(catalog.resolve(definition).properties ?? {}).filter(
      (field) => !['apiVersion', 'kind', 'metadata', 'status'].includes(field),
    );

    const told = fields.filter(
      (field) => immutableChanges(holding(field, 'before'), holding(field, 'after'), '1.36').length > 0,
    );

    expect(fields.length).toBeGreaterThan(refused.length);
    expect(told.sort()).toEqual(refused);
    for (const field of refused)
      expect(immutableChanges(holding(field, 'before'), holding(field, 'after'), '1.36')).toMatchObject([
        { field: below === undefined ? field : `${below}.${field}` },
      ]);
  },
);
