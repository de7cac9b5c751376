import { expect, test } from '@jest/globals';
import { podSecurityChecks } from '../../../../../src/review/checks/every-check.ts';
import { cronJob, deployment, findings, statefulSet } from '../../small-objects.ts';

test('a pod that meets Pod Security "restricted" passes all of its controls, in every kind of workload', () => {
  const objects = [deployment('dev-orders'), statefulSet('dev-db'), cronJob('dev-report')];

  const found = podSecurityChecks.flatMap((check) => findings(check, objects));

  expect(found).toEqual([]);
});

test('fails a pod that says nothing on the four controls that need an answer', () => {
  const objects = [
    deployment('dev-orders', { securityContext: {}, containers: [{ name: 'orders', image: 'acme/tools:1' }] }),
  ];

  const failing = podSecurityChecks.filter((check) => findings(check, objects).length > 0).map(({ name }) => name);

  expect(failing).toEqual(['capabilities', 'privilege-escalation', 'non-root', 'seccomp']);
});
