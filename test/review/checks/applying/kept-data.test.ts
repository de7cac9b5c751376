import { describe, expect, test } from '@jest/globals';
import { keptData } from '../../../../src/review/checks/applying/kept-data.ts';
import { followedByFlux } from '../../../engines/flux/followed-by-flux.ts';
import { claim, findings, object } from '../small-objects.ts';

const marked = (annotations: Readonly<Record<string, string>>) =>
  object('v1', 'PersistentVolumeClaim', 'dev-uploads', {}, { annotations });

const kept = (options: string) => marked({ 'argocd.argoproj.io/sync-options': options });

describe('data is kept where Argo CD follows', () => {
  test('accepts a claim that it keeps', () => {
    expect(findings(keptData, [kept('Prune=false,Delete=false'), kept('Delete=false, Prune=false')])).toEqual([]);
  });

  test('fails on a claim or volume that it may remove', () => {
    const advice = 'Argo CD may remove the data with the object; write "Prune=false,Delete=false"';
    expect(findings(keptData, [claim('dev-other'), kept('Prune=false')])).toEqual([
      `PersistentVolumeClaim/dev-other metadata.annotations["argocd.argoproj.io/sync-options"]: ${advice}, got nothing`,
      `PersistentVolumeClaim/dev-uploads metadata.annotations["argocd.argoproj.io/sync-options"]: ${advice}, got "Prune=false"`,
    ]);
  });
});

describe('data is kept where Flux follows', () => {
  const mark = 'kustomize.toolkit.fluxcd.io/prune';

  test('accepts a claim that it keeps', () => {
    expect(findings(keptData, [marked({ [mark]: 'disabled' })], { delivery: followedByFlux() })).toEqual([]);
  });

  test("fails on a claim that only another engine's mark would keep", () => {
    expect(findings(keptData, [kept('Prune=false,Delete=false')], { delivery: followedByFlux() })).toEqual([
      `PersistentVolumeClaim/dev-uploads metadata.annotations["${mark}"]: Flux may remove the data with the object; write "disabled", got nothing`,
    ]);
  });
});
