import { expect, test } from '@jest/globals';
import { namespaceSecurity } from '../../../../src/review/checks/security/namespace-security.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import { bootstrap, dev, findings, object } from '../small-objects.ts';

const namespace = (labels: object) => bootstrap(object('v1', 'Namespace', 'dev', {}, { labels }));

test('accepts a namespace that enforces "restricted"', () => {
  expect(findings(namespaceSecurity, [namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' })])).toEqual([]);
});

test('fails on a namespace that enforces less, or nothing', () => {
  const advice =
    'Namespace/dev metadata.labels["pod-security.kubernetes.io/enforce"]: the namespace does not enforce Pod Security "restricted"; write "restricted"';
  expect(findings(namespaceSecurity, [namespace({ 'pod-security.kubernetes.io/enforce': 'baseline' })])).toEqual([
    `${advice}, got "baseline"`,
  ]);
  expect(findings(namespaceSecurity, [namespace({ 'pod-security.kubernetes.io/warn': 'restricted' })])).toEqual([
    `${advice}, got nothing`,
  ]);
});

test('holds a namespace to what the environment says, and no more', () => {
  const environment: Environment = { ...dev(), podSecurity: { level: 'baseline', reason: 'its images start as root' } };
  const found = (level: string) =>
    findings(namespaceSecurity, [namespace({ 'pod-security.kubernetes.io/enforce': level })], { environment });

  expect(found('baseline')).toEqual([]);
  expect(found('privileged')).toEqual([
    expect.stringContaining('does not enforce Pod Security "baseline"; write "baseline", got "privileged"'),
  ]);
});
