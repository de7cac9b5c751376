import { expect, test } from '@jest/globals';
import { awaitedRevision } from '../../../../src/engines/argocd/checks/awaited-revision.ts';
import { findings, object } from '../../../review/checks/small-objects.ts';

const task = (app: object) =>
  object('kargo.akuity.io/v1alpha1', 'PromotionTask', 'promote', {
    spec: { steps: [{ uses: 'git-push' }, { uses: 'argocd-update', config: { apps: [app] } }] },
  });

test('accepts an update that names the commit it waits for', () => {
  expect(
    findings(awaitedRevision, [
      task({ name: 'shop', sources: [{ repoURL: 'r', desiredRevision: '${{ outputs.commit.commit }}' }] }),
    ]),
  ).toEqual([]);
});

test('fails on an update that waits for any', () => {
  expect(findings(awaitedRevision, [task({ name: 'shop' })])).toEqual([
    'PromotionTask/promote spec.steps[1].config.apps[0].sources: the health of any revision counts as that of this promotion; name the commit as desiredRevision',
  ]);
});
