import { expect, test } from '@jest/globals';
import { syncedJobs } from '../../../../src/engines/argocd/checks/synced-jobs.ts';
import { configMap, container, findings, object, template, type Fields } from '../../../review/checks/small-objects.ts';

const job = (annotations: Fields, pod: Fields = {}, spec: Fields = {}) =>
  object('batch/v1', 'Job', 'dev-migrate', { spec: { template: template(pod), ...spec } }, { annotations });
const reading = {
  serviceAccountName: 'dev-migrate',
  containers: [container({ envFrom: [{ configMapRef: { name: 'dev-env' } }] })],
};
const hook = { 'argocd.argoproj.io/hook': 'PreSync' };
const account = object('v1', 'ServiceAccount', 'dev-migrate', {}, { annotations: hook });

test('accepts a Job that stays, a hook that goes, and a hook whose needs are there before', () => {
  expect(findings(syncedJobs, [job({})])).toEqual([]);
  expect(
    findings(syncedJobs, [job({ 'argocd.argoproj.io/hook': 'Sync' }, {}, { ttlSecondsAfterFinished: 60 })]),
  ).toEqual([]);
  expect(findings(syncedJobs, [job(hook, reading)])).toEqual([]);
  expect(
    findings(syncedJobs, [
      job(hook, reading),
      account,
      { ...configMap('dev-env'), metadata: { name: 'dev-env', annotations: hook } },
    ]),
  ).toEqual([]);
  expect(findings(syncedJobs, [job({ 'argocd.argoproj.io/hook': 'PostSync' }, reading), configMap('dev-env')])).toEqual(
    [],
  );
});

test('fails on a synced Job that removes itself, which Argo CD starts for ever', () => {
  expect(findings(syncedJobs, [job({}, {}, { ttlSecondsAfterFinished: 0 })])).toEqual([
    'Job/dev-migrate spec.ttlSecondsAfterFinished: Kubernetes removes the Job once it is done, and Argo CD starts it again, for ever; remove the field, or make it a hook with argocd.argoproj.io/hook: Sync, got 0',
  ]);
});

test('fails on a hook before the sync that needs what the sync makes', () => {
  const because = (what: string) =>
    `runs before the sync that makes ${what}, so that a first sync never ends; make that a PreSync hook with an earlier argocd.argoproj.io/sync-wave too, or this one a Sync hook`;
  const lines = [
    `Job/dev-migrate spec.template.spec.containers[0].envFrom[0].configMapRef.name: ${because('ConfigMap "dev-env"')}`,
    `Job/dev-migrate spec.template.spec.serviceAccountName: ${because('ServiceAccount "dev-migrate"')}`,
  ];
  const synced = [configMap('dev-env'), object('v1', 'ServiceAccount', 'dev-migrate')];

  expect(findings(syncedJobs, [job({ 'argocd.argoproj.io/hook': 'PostSync,PreSync' }, reading), ...synced])).toEqual(
    lines,
  );
  expect(findings(syncedJobs, [job({ 'helm.sh/hook': 'pre-upgrade' }, reading), ...synced])).toEqual(lines);
});
