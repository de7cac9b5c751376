import { describe, expect, test } from '@jest/globals';
import { VolumeClaim } from '../../src/constructs/volume-claim.ts';
import type { Claim } from '../../src/model/application.ts';
import { objectsOf, placeWith } from './synthesize.ts';

const everyClaim: Required<Claim> = {
  name: 'uploads',
  size: '1Gi',
  storageClass: 'manual',
  accessMode: 'ReadWriteOnce',
  local: { volume: 'uploads-volume', node: 'node-1', path: '/data/dev' },
};

const objectsFor = (claim: Claim) =>
  objectsOf((scope) => new VolumeClaim(scope, claim.name, { place: placeWith(), claim }));

const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

describe('VolumeClaim', () => {
  test('is a claim that nobody prunes', () => {
    expect(objectsFor({ name: 'shared', size: '5Gi', storageClass: 'nfs', accessMode: 'ReadWriteMany' })).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'dev-shared', namespace: 'dev', annotations },
        spec: { accessModes: ['ReadWriteMany'], storageClassName: 'nfs', resources: { requests: { storage: '5Gi' } } },
      },
    ]);
  });

  test('binds a claim to the folder of a node with a volume of its own', () => {
    expect(objectsFor(everyClaim)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: 'dev-uploads-volume', annotations },
        spec: {
          capacity: { storage: '1Gi' },
          volumeMode: 'Filesystem',
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'manual',
          local: { path: '/data/dev' },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }] },
              ],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'dev-uploads', namespace: 'dev', annotations },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'manual',
          volumeName: 'dev-uploads-volume',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ]);
  });
});
