import { expect, test } from '@jest/globals';
import { EnvironmentNamespace } from '../../../src/constructs/bootstrap/environment-namespace.ts';
import { environmentWith, objectsOf } from '../synthesize.ts';

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
