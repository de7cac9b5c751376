import { expect, test } from '@jest/globals';
import { volumeNames } from '../../../../../src/review/checks/references/pods/volume-names.ts';
import { container, deployment, findings, statefulSet } from '../../small-objects.ts';

const mounts = (...volumeMounts: readonly object[]) => ({
  volumes: [{ name: 'files', emptyDir: {} }],
  containers: [container({ volumeMounts })],
});

test("accepts mounts of the pod's volumes and of claim templates", () => {
  expect(
    findings(volumeNames, [
      deployment('dev-orders', mounts({ name: 'files', mountPath: '/a' })),
      statefulSet('dev-db', mounts({ name: 'data', mountPath: '/b' })),
    ]),
  ).toEqual([]);
});

test('fails on a mount of a volume that the pod does not have', () => {
  expect(findings(volumeNames, [deployment('dev-orders', mounts({ name: 'file', mountPath: '/a' }))])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].volumeMounts[0].name: the pod has no volume "file"; write "files"',
  ]);
});

test('fails on two mounts at one path', () => {
  expect(
    findings(volumeNames, [
      deployment('dev-orders', mounts({ name: 'files', mountPath: '/a' }, { name: 'files', mountPath: '/a' })),
    ]),
  ).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].volumeMounts[1].mountPath: two volumes are mounted at "/a"; give each a path of its own',
  ]);
});
