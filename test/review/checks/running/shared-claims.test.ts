import { expect, test } from '@jest/globals';
import type { Claim } from '../../../../src/model/application.ts';
import type { Service } from '../../../../src/model/service.ts';
import { validate } from '../../../../src/model/validation/validate.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { sharedClaims } from '../../../../src/review/checks/running/shared-claims.ts';
import {
  claim,
  container,
  cronJob,
  deployment,
  dev,
  findings,
  mounting,
  object,
  statefulSet,
  volume,
} from '../small-objects.ts';
import { validDelivery, withApplication, withService } from '../../../support/valid-delivery.ts';

const mounts = deployment('dev-orders', mounting('dev-uploads'));
const other = cronJob('dev-report', mounting('dev-uploads'));

test('accepts a claim of one pod, of many where it may be shared, and of many on one node', () => {
  const shared = claim('dev-uploads', { accessModes: ['ReadWriteMany'] });
  const bound = claim('dev-uploads', { volumeName: 'dev-volume' });
  const onNode = (name: string) =>
    deployment(name, { ...mounting('dev-uploads'), nodeSelector: { 'kubernetes.io/hostname': 'node-1' } });

  expect(findings(sharedClaims, [claim('dev-uploads'), mounts])).toEqual([]);
  expect(findings(sharedClaims, [shared, mounts, other])).toEqual([]);
  expect(findings(sharedClaims, [bound, volume('dev-volume'), mounts, other])).toEqual([]);
  expect(findings(sharedClaims, [claim('dev-uploads', { storageClassName: 'local-path' }), mounts, other])).toEqual([]);
  expect(findings(sharedClaims, [claim('dev-uploads'), onNode('dev-a'), onNode('dev-b')])).toEqual([]);
  expect(findings(sharedClaims, [statefulSet('dev-db', {}, { replicas: 3 })])).toEqual([]);
});

test('accepts a class that the rendered StorageClass says is on one node', () => {
  const local = object('storage.k8s.io/v1', 'StorageClass', 'manual', { provisioner: 'rancher.io/local-path' });

  expect(findings(sharedClaims, [local, claim('dev-uploads'), mounts, other])).toEqual([]);
});

test('fails on two workloads that may land on different nodes', () => {
  const advice =
    'and pods on another node stay Pending; give each its own claim, or write the accessMode "ReadWriteMany", or bind the claim to a volume of one node (local)';
  expect(findings(sharedClaims, [claim('dev-uploads'), mounts, other])).toEqual([
    `Deployment/dev-orders spec.template.spec.volumes[0].persistentVolumeClaim.claimName: shares the claim "dev-uploads" (ReadWriteOnce) with CronJob "dev-report", ${advice}`,
    `CronJob/dev-report spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName: shares the claim "dev-uploads" (ReadWriteOnce) with Deployment "dev-orders", ${advice}`,
  ]);
});

test('fails on a job that mounts the claim of a StatefulSet, and on replicas of one workload', () => {
  const fast = {
    volumeClaimTemplates: [
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' } },
    ],
  };
  const advice = 'and pods on another node stay Pending;';

  expect(
    findings(sharedClaims, [statefulSet('dev-db', {}, fast), cronJob('dev-backup', mounting('data-dev-db-0'))]),
  ).toEqual([
    `CronJob/dev-backup spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName: shares the claim "data-dev-db-0" (ReadWriteOnce) with StatefulSet "dev-db", ${advice} ask the server over the network instead, or choose a storageClass that keeps data on one node, e.g. "local-path"`,
  ]);
  expect(
    findings(sharedClaims, [claim('dev-uploads'), deployment('dev-orders', mounting('dev-uploads'), { replicas: 2 })]),
  ).toEqual([
    `Deployment/dev-orders spec.template.spec.volumes[0].persistentVolumeClaim.claimName: shares the claim "dev-uploads" (ReadWriteOnce) with its own 2 replicas, ${advice} run one replica, or write the accessMode "ReadWriteMany", or bind the claim to a volume of one node (local)`,
  ]);
});

test('fails on a claim for one pod that two mount, wherever they are', () => {
  const exclusive = claim('dev-uploads', { accessModes: ['ReadWriteOncePod'], storageClassName: 'local-path' });
  const again = deployment('dev-again', { ...mounting('dev-uploads'), containers: [container()] });

  expect(findings(sharedClaims, [exclusive, mounts, again])[0]).toBe(
    'Deployment/dev-orders spec.template.spec.volumes[0].persistentVolumeClaim.claimName: shares the claim "dev-uploads" (ReadWriteOncePod) with Deployment "dev-again", and only one pod may mount it; give each its own claim, or write the accessMode "ReadWriteMany", or "ReadWriteOnce" with a volume of one node (local)',
  );
});

test('its advice can be followed in the model, and then nothing is found', () => {
  const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
  const found = (claims: Partial<Claim>, service: Partial<Service> = {}): readonly string[] => {
    const base = withService(validDelivery(), 'dev', 'orders', (orders) => ({ ...orders, replicas: 2, ...service }));
    const delivery = withApplication(base, 'dev', (application) => ({
      ...application,
      claims: (application.claims ?? []).map(({ local: _, ...kept }) => ({ ...kept, storageClass: 'fast', ...claims })),
    }));
    expect(() => {
      validate(delivery);
    }).not.toThrow();
    const release = delivery.initialReleases['dev']!;
    return findings(sharedClaims, renderEnvironment(delivery, dev(delivery), release, settings).objects);
  };

  expect(found({})).toHaveLength(1);
  expect(found({ accessMode: 'ReadWriteOncePod' })).toHaveLength(1);
  expect(found({}, { replicas: 1 })).toEqual([]);
  expect(found({ accessMode: 'ReadWriteMany' })).toEqual([]);
  expect(found({ local: { volume: 'uploads', node: 'node-1', path: '/data/dev-uploads' } })).toEqual([]);
});
