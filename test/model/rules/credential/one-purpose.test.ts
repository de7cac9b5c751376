import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { onePurpose } from '../../../../src/model/rules/credential/one-purpose.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const withCredentials = (...credentials: readonly Credential[]): Delivery => ({
  ...validDelivery(),
  credentials: [...validDelivery().credentials, ...credentials],
});

const credential = (
  name: string,
  purpose: Credential['purpose'],
  keys: readonly string[],
  environment?: string,
): Credential => ({
  name,
  purpose,
  holder: 'a workflow',
  store: { kind: 'githubActions', repository: 'shop', keys, ...(environment === undefined ? {} : { environment }) },
  scope: 'whatever is needed',
});

describe('a credential has one purpose', () => {
  test('passes where each has its own key', () => {
    expect(told(onePurpose, validDelivery())).toEqual([]);
  });

  test('passes where two of one purpose share a key, and where the key is of another environment', () => {
    expect(
      told(
        onePurpose,
        withCredentials(
          credential('again', 'registryPush', ['REGISTRY_TOKEN']),
          credential('prod', 'gitPush', ['REGISTRY_TOKEN'], 'prod'),
        ),
      ),
    ).toEqual([]);
  });

  test('passes where several purposes use the token of the run, which permissions narrow', () => {
    expect(
      told(
        onePurpose,
        withCredentials(
          credential('push', 'gitPush', ['GITHUB_TOKEN']),
          credential('publish', 'registryPush', ['GITHUB_TOKEN']),
        ),
      ),
    ).toEqual([]);
  });

  test('fails where one Actions secret serves two purposes', () => {
    expect(told(onePurpose, withCredentials(credential('copy', 'gitPush', ['REGISTRY_TOKEN'], 'build')))).toEqual([
      'credentials.copy: is kept as Actions secret REGISTRY_TOKEN of shop, environment build, which serves credentials.registry for another purpose, "registryPush"; make one credential for each, got "gitPush"',
    ]);
  });

  test('fails where one key of a Kubernetes Secret serves two purposes', () => {
    const delivery = withEnvironment(validDelivery(), 'dev', (dev) => ({
      ...dev,
      credentials: [
        ...dev.credentials,
        {
          name: 'mail',
          purpose: 'notification',
          holder: 'orders',
          store: { kind: 'kubernetes', secretName: 'dev-orders-db-secret', keys: ['POSTGRES_PASSWORD'] },
          scope: 'mail',
        },
      ],
    }));

    expect(told(onePurpose, delivery)).toEqual([
      'environments.dev.credentials.mail: is kept as key POSTGRES_PASSWORD of Secret dev-orders-db-secret in namespace dev of local, which serves environments.dev.credentials.orders-db-password for another purpose, "database"; make one credential for each, got "notification"',
    ]);
  });
});
