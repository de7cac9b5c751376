import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { immutableFields } from '../../../../src/review/checks/identity/immutable-fields.ts';
import {
  claim,
  configMap,
  cronJob,
  deployment,
  dev,
  findings,
  object,
  service,
  statefulSet,
  volume,
} from '../small-objects.ts';

const changes = (before: KubernetesObject, after: KubernetesObject): readonly string[] =>
  findings(immutableFields, [after], { published: [before] });

const job = (image: string, annotations = {}) =>
  object(
    'batch/v1',
    'Job',
    'dev-once',
    { spec: { template: { spec: { containers: [{ name: 'once', image }] } } } },
    { annotations },
  );

describe('accepts', () => {
  test('anything while nothing is published, and new objects', () => {
    expect(findings(immutableFields, [statefulSet('dev-db')])).toEqual([]);
    expect(findings(immutableFields, [statefulSet('dev-db')], { published: [] })).toEqual([]);
  });

  test('changes that the API server makes', () => {
    expect(
      changes(
        statefulSet('dev-db'),
        statefulSet(
          'dev-db',
          { terminationGracePeriodSeconds: 60 },
          { replicas: 3, updateStrategy: { type: 'OnDelete' } },
        ),
      ),
    ).toEqual([]);
    expect(changes(deployment('dev-orders'), deployment('dev-orders', {}, { replicas: 3 }))).toEqual([]);
    expect(changes(cronJob('dev-report'), cronJob('dev-report', { restartPolicy: 'Never' }))).toEqual([]);
    expect(
      changes(
        volume('dev-volume'),
        volume('dev-volume', { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
      ),
    ).toEqual([]);
  });

  test('another order of the same fields, and defaults that are written out', () => {
    const spec = {
      podManagementPolicy: 'OrderedReady',
      volumeClaimTemplates: [
        {
          kind: 'PersistentVolumeClaim',
          apiVersion: 'v1',
          spec: {
            resources: { requests: { storage: '1Gi' } },
            storageClassName: 'local-path',
            accessModes: ['ReadWriteOnce'],
            volumeMode: 'Filesystem',
          },
          metadata: { name: 'data' },
        },
      ],
    };

    expect(changes(statefulSet('dev-db'), statefulSet('dev-db', {}, spec))).toEqual([]);
  });

  test('a Job that Argo CD makes anew', () => {
    expect(changes(job('acme/a:1'), job('acme/a:2', { 'argocd.argoproj.io/hook': 'PreSync' }))).toEqual([]);
    expect(
      changes(job('acme/a:1'), job('acme/a:2', { 'argocd.argoproj.io/sync-options': 'Force=true, Replace=true' })),
    ).toEqual([]);
  });
});

describe('fails on', () => {
  test('the selector of a Deployment', () => {
    expect(changes(deployment('dev-orders'), deployment('dev-orders', {}, {}, { app: 'order' }))).toEqual([
      'Deployment/dev-orders spec.selector: would have to be re-created: Deployment "dev-orders" is published with {"matchLabels":{"app":"orders"}}, got {"matchLabels":{"app":"order"}}; keep selector as it is published, or delete the Deployment by hand first',
    ]);
  });

  test('the Service and the claim templates of a StatefulSet', () => {
    const after = statefulSet(
      'dev-db',
      {},
      {
        serviceName: 'dev-database',
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'local-path',
              resources: { requests: { storage: '2Gi' } },
            },
          },
        ],
      },
    );

    const spec = (size: string): string =>
      `[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"${size}"}},"storageClassName":"local-path","volumeMode":"Filesystem"}}]`;
    expect(changes(statefulSet('dev-db'), after)).toEqual([
      'StatefulSet/dev-db spec.serviceName: would have to be re-created: StatefulSet "dev-db" is published with "dev-db-svc", got "dev-database"; keep serviceName as it is published, or delete the StatefulSet by hand first',
      `StatefulSet/dev-db spec.volumeClaimTemplates: would have to be re-created: StatefulSet "dev-db" is published with ${spec('1Gi')}, got ${spec('2Gi')}; keep volumeClaimTemplates as it is published, or delete the StatefulSet by hand first`,
    ]);
  });

  test('the class of a claim, and its size in either direction', () => {
    const resized = (storage: string) => claim('dev-uploads', { resources: { requests: { storage } } });

    expect(changes(claim('dev-uploads'), claim('dev-uploads', { storageClassName: 'fast' }))).toEqual([
      'PersistentVolumeClaim/dev-uploads spec.storageClassName: would have to be re-created: PersistentVolumeClaim "dev-uploads" is published with "manual", got "fast"; keep storageClassName as it is published, or delete the PersistentVolumeClaim by hand first',
    ]);
    expect(changes(claim('dev-uploads'), resized('1024Mi'))).toEqual([]);
    expect(changes(claim('dev-uploads'), resized('500Mi'))).toEqual([
      'PersistentVolumeClaim/dev-uploads spec.resources.requests.storage: would have to be re-created: PersistentVolumeClaim "dev-uploads" is published with "1Gi", got "500Mi"; a claim never shrinks; keep the size',
    ]);
    expect(changes(claim('dev-uploads'), resized('2Gi'))).toEqual([
      'PersistentVolumeClaim/dev-uploads spec.resources.requests.storage: would have to be re-created: PersistentVolumeClaim "dev-uploads" is published with "1Gi", got "2Gi"; a claim grows only where its StorageClass allows expansion; keep the size, or allow this exception where it does',
    ]);
  });

  test('the folder of a volume', () => {
    expect(changes(volume('dev-volume'), volume('dev-volume', { local: { path: '/other' } }))).toEqual([
      'PersistentVolume/dev-volume spec.local: would have to be re-created: PersistentVolume "dev-volume" is published with {"path":"/data"}, got {"path":"/other"}; keep local as it is published, or delete the PersistentVolume by hand first',
    ]);
  });

  test('the template of a Job', () => {
    const spec = (image: string): string => `{"spec":{"containers":[{"image":"${image}","name":"once"}]}}`;

    expect(changes(job('acme/a:1'), job('acme/a:2'))).toEqual([
      `Job/dev-once spec.template: would have to be re-created: Job "dev-once" is published with ${spec('acme/a:1')}, got ${spec('acme/a:2')}; keep template as it is published, or delete the Job by hand first`,
    ]);
  });

  test('a Service that becomes headless, and a role that a binding grants', () => {
    const binding = (name: string) =>
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'dev-reader', { roleRef: { name } });

    expect(changes(service('dev-orders'), service('dev-orders', { clusterIP: 'None' }))).toEqual([
      'Service/dev-orders spec.clusterIP: would have to be re-created: Service "dev-orders" is published with nothing, got "None"; keep clusterIP as it is published, or delete the Service by hand first',
    ]);
    expect(changes(binding('a'), binding('b'))).toEqual([
      'RoleBinding/dev-reader roleRef: would have to be re-created: RoleBinding "dev-reader" is published with {"name":"a"}, got {"name":"b"}; keep roleRef as it is published, or delete the RoleBinding by hand first',
    ]);
  });

  test('the contents of a ConfigMap that is marked immutable, without showing them', () => {
    const frozen = (value: string): KubernetesObject => ({ ...configMap('dev-config', { A: value }), immutable: true });

    expect(changes(frozen('1'), frozen('2'))).toEqual([
      'ConfigMap/dev-config data: would have to be re-created: ConfigMap "dev-config" is published with other contents, got new ones; it is marked immutable; give the new ConfigMap another name',
    ]);
  });

  test('the kept revisions of a StatefulSet on a Kubernetes line that refuses it', () => {
    const after = statefulSet('dev-db', {}, { revisionHistoryLimit: 3 });
    const newer = { ...dev(), cluster: { ...dev().cluster, kubernetes: { oldest: '1.33', newest: '1.36' } as const } };

    expect(changes(statefulSet('dev-db'), after)).toHaveLength(1);
    expect(findings(immutableFields, [after], { published: [statefulSet('dev-db')], environment: newer })).toEqual([]);
  });
});
