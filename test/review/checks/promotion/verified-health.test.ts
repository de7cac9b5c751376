import { expect, test } from '@jest/globals';
import { verifiedHealth } from '../../../../src/review/checks/promotion/verified-health.ts';
import { cronJob, deployment, findings, withContainer } from '../small-objects.ts';

test('accepts workloads that say when they are healthy, and jobs', () => {
  expect(
    findings(verifiedHealth, [deployment('dev-orders'), cronJob('dev-report', { containers: [{ name: 'a' }] })]),
  ).toEqual([]);
});

test('fails on a workload that is healthy as soon as it starts, with or without a Service', () => {
  const message =
    'Deployment/dev-orders spec.template.spec.containers: the stage "dev" calls a release verified when it is healthy, and no container says when it is; add a readiness probe that can fail';

  expect(findings(verifiedHealth, [withContainer({ readinessProbe: undefined })])).toEqual([message]);
  expect(
    findings(verifiedHealth, [withContainer({ readinessProbe: { exec: { command: ['sh', '-c', 'echo ok'] } } })]),
  ).toEqual([message]);
});
