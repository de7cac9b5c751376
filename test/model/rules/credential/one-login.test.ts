import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { oneLogin } from '../../../../src/model/rules/credential/one-login.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withCredentials = (...credentials: readonly Credential[]): Delivery => ({ ...validDelivery(), credentials });

const credential = (
  name: string,
  purpose: Credential['purpose'],
  {
    registry,
    environment,
    keys = ['USERNAME', 'TOKEN'],
  }: { registry?: string; environment?: string; keys?: readonly string[] } = {},
): Credential => ({
  name,
  purpose,
  holder: 'a workflow',
  store: { kind: 'githubActions', repository: 'shop', keys, ...(environment === undefined ? {} : { environment }) },
  ...(registry === undefined ? {} : { registry }),
  scope: 'whatever is needed',
});

describe('a credential that workflows find by its place', () => {
  test('passes beside one of another registry, another environment or another purpose', () => {
    expect(told(oneLogin, validDelivery())).toEqual([]);
    expect(
      told(
        oneLogin,
        withCredentials(
          credential('hub', 'registryPush', { registry: 'docker.io' }),
          credential('ghcr', 'registryPush', { registry: 'ghcr.io' }),
          credential('prod', 'registryPush', { registry: 'ghcr.io', environment: 'prod' }),
          credential('any', 'registryPush'),
          credential('promotion', 'gitPush'),
          credential('another', 'gitPush'),
          credential('slack', 'notification'),
          credential('pager', 'notification'),
        ),
      ),
    ).toEqual([]);
  });

  test('fails as a second one of the same registry, also as the token of the run', () => {
    expect(
      told(
        oneLogin,
        withCredentials(
          credential('first', 'registryPush', { registry: 'ghcr.io' }),
          credential('second', 'registryPush', { keys: ['GITHUB_TOKEN'] }),
          credential('any', 'registryPush', { environment: 'prod' }),
          credential('other', 'registryPush', { environment: 'prod' }),
        ),
      ),
    ).toEqual([
      'credentials.second: pushes to ghcr.io from shop, as credentials.first does, which workflows use; remove one of them, or say the registry of each, got "second"',
      'credentials.other: pushes to no registry in particular from shop, environment prod, as credentials.any does, which workflows use; remove one of them, or say the registry of each, got "other"',
    ]);
  });
});
