import { expect, test } from '@jest/globals';
import { staleConfiguration } from '../../../../src/review/checks/running/stale-configuration.ts';
import { configMap, container, cronJob, deployment, findings, template } from '../small-objects.ts';

const reads = { containers: [container({ envFrom: [{ configMapRef: { name: 'dev-config' } }] })] };
const pod = (checksum?: string) =>
  deployment(
    'dev-orders',
    {},
    { template: template(reads, { app: 'orders' }, checksum === undefined ? {} : { checksum }) },
  );

test('accepts the same configuration, a template that changes with it, and jobs, which read it at each run', () => {
  expect(
    findings(staleConfiguration, [pod(), configMap('dev-config', { A: '1' })], {
      published: [pod(), configMap('dev-config', { A: '1' })],
    }),
  ).toEqual([]);
  expect(
    findings(staleConfiguration, [pod('b'), configMap('dev-config', { A: '2' })], {
      published: [pod('a'), configMap('dev-config', { A: '1' })],
    }),
  ).toEqual([]);
  expect(
    findings(staleConfiguration, [cronJob('dev-report', reads), configMap('dev-config', { A: '2' })], {
      published: [cronJob('dev-report', reads), configMap('dev-config', { A: '1' })],
    }),
  ).toEqual([]);
  expect(findings(staleConfiguration, [pod(), configMap('dev-config', { A: '1' })])).toEqual([]);
});

test('fails when the configuration changes and nothing rolls the pods that read it', () => {
  expect(
    findings(staleConfiguration, [pod(), configMap('dev-config', { A: '2' })], {
      published: [pod(), configMap('dev-config', { A: '1' })],
    }),
  ).toEqual([
    'Deployment/dev-orders spec.template: ConfigMap "dev-config" changes, but nothing in the pod template does, so running pods keep the old configuration; add a checksum of it as an annotation',
  ]);
});
