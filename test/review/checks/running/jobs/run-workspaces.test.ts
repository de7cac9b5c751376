import { expect, test } from '@jest/globals';
import { runWorkspaces } from '../../../../../src/review/checks/running/jobs/run-workspaces.ts';
import { findings, object } from '../../small-objects.ts';

const template = (workspace: object) =>
  object('triggers.tekton.dev/v1beta1', 'TriggerTemplate', 'build', {
    spec: { resourcetemplates: [{ kind: 'PipelineRun', spec: { workspaces: [workspace] } }] },
  });

test('accepts runs with a claim of their own', () => {
  expect(findings(runWorkspaces, [template({ name: 'source', volumeClaimTemplate: {} })])).toEqual([]);
});

test('fails on runs that share a claim', () => {
  expect(
    findings(runWorkspaces, [template({ name: 'source', persistentVolumeClaim: { claimName: 'workspace' } })]),
  ).toEqual([
    'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentVolumeClaim.claimName: every run that the trigger starts works in the claim "workspace"; write a volumeClaimTemplate, so that each run has its own',
  ]);
});
