import { expect, test } from '@jest/globals';
import { keptData } from '../../../../src/engines/argocd/checks/kept-data.ts';
import { claim, findings, object } from '../../../review/checks/small-objects.ts';

const kept = (options?: string) =>
  object(
    'v1',
    'PersistentVolumeClaim',
    'dev-uploads',
    {},
    options === undefined ? {} : { annotations: { 'argocd.argoproj.io/sync-options': options } },
  );

test('accepts a claim that Argo CD keeps', () => {
  expect(findings(keptData, [kept('Prune=false,Delete=false'), kept('Delete=false, Prune=false')])).toEqual([]);
});

test('fails on a claim or volume that it may remove', () => {
  const advice = 'Argo CD may remove the data with the object; write "Prune=false,Delete=false"';
  expect(findings(keptData, [claim('dev-other'), kept('Prune=false')])).toEqual([
    `PersistentVolumeClaim/dev-other metadata.annotations["argocd.argoproj.io/sync-options"]: ${advice}, got nothing`,
    `PersistentVolumeClaim/dev-uploads metadata.annotations["argocd.argoproj.io/sync-options"]: ${advice}, got "Prune=false"`,
  ]);
});
