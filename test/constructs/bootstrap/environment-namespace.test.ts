import { expect, test } from '@jest/globals';
import { EnvironmentNamespace } from '../../../src/constructs/bootstrap/environment-namespace.ts';
import { environmentWith, objectsOf, smallService } from '../synthesize.ts';

test('EnvironmentNamespace enforces Pod Security "restricted" as of the oldest Kubernetes, and warns as of the newest', () => {
  const environment = environmentWith({ labels: { colour: 'blue' } });

  expect(objectsOf((scope) => new EnvironmentNamespace(scope, 'namespace', { environment }))).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'dev',
        labels: {
          colour: 'blue',
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/enforce-version': 'v1.30',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/audit-version': 'latest',
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/warn-version': 'latest',
        },
      },
    },
  ]);
});

test('EnvironmentNamespace enforces what the environment and its services ask for, each in a namespace of its own', () => {
  const reason = 'reads the files of its node';
  const environment = environmentWith({
    podSecurity: { level: 'baseline', reason: 'its images start as root' },
    applications: [{ name: 'shop', services: [{ ...smallService, podSecurity: { level: 'privileged', reason } }] }],
  });
  const enforced = (name?: string) =>
    objectsOf((scope) => new EnvironmentNamespace(scope, 'namespace', { environment, ...(name && { name }) })).map(
      ({ metadata }) => [metadata.name, metadata.labels?.['pod-security.kubernetes.io/enforce']],
    );

  expect(enforced()).toEqual([['dev', 'baseline']]);
  expect(enforced('dev-privileged')).toEqual([['dev-privileged', 'privileged']]);
});
