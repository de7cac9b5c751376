import { expect, test } from '@jest/globals';
import { serviceAccountToken } from '../../../../src/review/checks/security/service-account-token.ts';
import { deployment, findings, object } from '../small-objects.ts';

const token = (mounts: boolean | undefined, serviceAccountName?: string) =>
  deployment('dev-orders', { automountServiceAccountToken: mounts, serviceAccountName });

test('accepts a pod without a token, and one with a ServiceAccount of its own', () => {
  const none = object('v1', 'ServiceAccount', 'default', { automountServiceAccountToken: false });

  expect(findings(serviceAccountToken, [token(false), token(true, 'dev-orders')])).toEqual([]);
  expect(findings(serviceAccountToken, [token(undefined), none])).toEqual([]);
});

test('fails on a pod that gets the default token', () => {
  const message =
    'Deployment/dev-orders spec.template.spec.automountServiceAccountToken: every container gets a token for the API server that it does not need; write false';
  expect(findings(serviceAccountToken, [token(undefined), token(true)])).toEqual([message, message]);
});
