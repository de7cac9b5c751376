import { expect, test } from '@jest/globals';
import { claims } from '../../../../../src/review/checks/references/pods/claims.ts';
import { claim, cronJob, deployment, findings, mounting, statefulSet } from '../../small-objects.ts';

test('accepts rendered claims, and those that a StatefulSet makes', () => {
  const found = findings(claims, [
    deployment('dev-orders', mounting('dev-uploads')),
    claim('dev-uploads'),
    cronJob('dev-report', mounting('data-dev-db-1')),
    statefulSet('dev-db', {}, { replicas: 2 }),
  ]);

  expect(found).toEqual([]);
});

test('fails on a claim that nobody makes', () => {
  const found = findings(claims, [
    cronJob('dev-report', mounting('data-dev-db-1')),
    claim('dev-uploads'),
    statefulSet('dev-db'),
  ]);

  expect(found).toEqual([
    'CronJob/dev-report spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName: there is no claim "data-dev-db-1" in this environment; write "data-dev-db-0"',
  ]);
});
