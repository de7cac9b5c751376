import { expect, test } from '@jest/globals';
import { followedBranch } from '../../../../src/engines/argocd/checks/followed-branch.ts';
import { bootstrap, findings, object } from '../../../review/checks/small-objects.ts';

const application = (targetRevision?: string) =>
  bootstrap(object('argoproj.io/v1alpha1', 'Application', 'shop-dev', { spec: { source: { targetRevision } } }));

test('accepts an Application that follows the branch of its stage', () => {
  expect(findings(followedBranch, [application('env/dev')])).toEqual([]);
});

test('fails on one that follows what others may change', () => {
  expect(findings(followedBranch, [application('main')])).toEqual([
    'Application/shop-dev spec.source.targetRevision: commits on "main" reach the cluster without passing the stage "dev"; write "env/dev"',
  ]);
  expect(findings(followedBranch, [application()])).toEqual([
    'Application/shop-dev spec.source.targetRevision: commits on "HEAD" reach the cluster without passing the stage "dev"; write "env/dev"',
  ]);
});
