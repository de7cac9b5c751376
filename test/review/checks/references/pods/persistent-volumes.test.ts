import { expect, test } from '@jest/globals';
import { persistentVolumes } from '../../../../../src/review/checks/references/pods/persistent-volumes.ts';
import { claim, findings, volume } from '../../small-objects.ts';

test('accepts a claim that fits the volume it names, and one that names none', () => {
  expect(
    findings(persistentVolumes, [
      claim('dev-uploads', { volumeName: 'dev-volume' }),
      volume('dev-volume'),
      claim('dev-other'),
    ]),
  ).toEqual([]);
});

test('fails on a volume that nothing renders', () => {
  expect(
    findings(persistentVolumes, [claim('dev-uploads', { volumeName: 'prod-volume' }), volume('dev-volume')]),
  ).toEqual([
    'PersistentVolumeClaim/dev-uploads spec.volumeName: there is no PersistentVolume "prod-volume" in this environment; write "dev-volume"',
  ]);
});

test('fails on a volume of another class, too small, or without the access mode', () => {
  const found = findings(persistentVolumes, [
    claim('dev-uploads', {
      volumeName: 'dev-volume',
      storageClassName: 'fast',
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '2Gi' } },
    }),
    volume('dev-volume'),
  ]);

  expect(found).toEqual([
    'PersistentVolumeClaim/dev-uploads spec.storageClassName: must be the class of PersistentVolume "dev-volume"; write "manual", got "fast"',
    'PersistentVolumeClaim/dev-uploads spec.resources.requests.storage: asks for more than PersistentVolume "dev-volume" holds; write at most 1Gi, got 2Gi',
    'PersistentVolumeClaim/dev-uploads spec.accessModes: PersistentVolume "dev-volume" does not offer ReadWriteMany; write "ReadWriteOnce"',
  ]);
});
