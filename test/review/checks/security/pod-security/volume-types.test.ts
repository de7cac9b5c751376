import { expect, test } from '@jest/globals';
import { volumeTypes } from '../../../../../src/review/checks/security/pod-security/volume-types.ts';
import { deployment, findings } from '../../small-objects.ts';

const all = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

test('accepts the types that do not reach into the node', () => {
  expect(
    findings(volumeTypes, [
      deployment('dev-orders', { volumes: all.map((type) => ({ name: type.toLowerCase(), [type]: {} })) }),
    ]),
  ).toEqual([]);
});

test('fails on a host path, on another type, and on a volume without one', () => {
  const found = findings(volumeTypes, [
    deployment('dev-orders', {
      volumes: [{ name: 'docker', hostPath: { path: '/var/run' } }, { name: 'share', nfs: {} }, { name: 'nothing' }],
    }),
  ]);

  const advice = `has a type that is not allowed; write one of: ${all.join(', ')}`;
  expect(found).toEqual([
    `Deployment/dev-orders spec.template.spec.volumes[0]: volume "docker" ${advice}, got hostPath`,
    `Deployment/dev-orders spec.template.spec.volumes[1]: volume "share" ${advice}, got nfs`,
    `Deployment/dev-orders spec.template.spec.volumes[2]: volume "nothing" ${advice}, got none`,
  ]);
});
