import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { credentialShape } from '../../../../src/model/rules/credential/credential-shape.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withStore = (store: Credential['store'], generation = 1): Delivery => ({
  ...validDelivery(),
  credentials: [
    { name: 'push', purpose: 'gitPush', holder: 'a workflow', store, scope: 'contents: write', generation },
  ],
});

describe('a credential is a complete reference', () => {
  test('passes for Secrets and Actions secrets', () => {
    expect(told(credentialShape, validDelivery())).toEqual([]);
    expect(
      told(credentialShape, withStore({ kind: 'githubActions', repository: 'shop', keys: ['GITHUB_TOKEN'] })),
    ).toEqual([]);
    expect(
      told(
        credentialShape,
        withStore({ kind: 'kubernetes', secretName: 'push', keys: ['ssh-privatekey'], namespace: 'flux-system' }),
      ),
    ).toEqual([]);
  });

  test('fails for names and keys that the stores refuse', () => {
    expect(
      told(
        credentialShape,
        withStore({ kind: 'githubActions', repository: 'shops', keys: ['GITHUB_PAT', '1ST', 'PUSH-KEY'] }),
      ),
    ).toEqual([
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "GITHUB_PAT"',
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "1ST"',
      'credentials.push.store.keys: must be letters, digits and underscores, and must not begin with a digit or GITHUB_, got "PUSH-KEY"',
      'credentials.push.store.repository: there is no repository of this name; write "shop", got "shops"',
    ]);
    expect(
      told(
        credentialShape,
        withStore({ kind: 'kubernetes', secretName: 'Push_Key', keys: ['a key'], namespace: 'flux-system' }),
      ),
    ).toEqual([
      'credentials.push.store.keys: must be letters, digits, dots, dashes and underscores, got "a key"',
      'credentials.push.store.secretName: must be lower-case letters, digits, dashes and dots, got "Push_Key"',
    ]);
  });

  test('fails for a name that no annotation of a pod could carry', () => {
    const named = (name: string): Delivery => ({
      ...validDelivery(),
      credentials: withStore({ kind: 'githubActions', repository: 'shop', keys: ['KEY'] }).credentials.map((one) => ({
        ...one,
        name,
      })),
    });
    const long = 'a'.repeat(53);

    expect(told(credentialShape, named('Push key'))).toEqual([
      'credentials.Push key.name: must be at most 52 lower-case letters, digits and dashes, got "Push key"',
    ]);
    expect(told(credentialShape, named(long))).toEqual([
      `credentials.${long}.name: must be at most 52 lower-case letters, digits and dashes, got "${long}"`,
    ]);
    expect(told(credentialShape, named(long.slice(1)))).toEqual([]);
  });

  test('fails without keys, without a namespace, and with a generation that is none', () => {
    expect(told(credentialShape, withStore({ kind: 'kubernetes', secretName: 'push', keys: [] }, 0))).toEqual([
      'credentials.push.store.keys: must name at least one key, got []',
      'credentials.push.store.namespace: must be said for a credential of the delivery, which has no namespace of its own',
      'credentials.push.generation: must be a whole number, 1 or more, got 0',
    ]);
  });
});
