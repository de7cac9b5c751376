import { expect, test } from '@jest/globals';
import type { Environment } from '../../../src/model/environment.ts';
import { readAddress } from '../../../src/engines/argocd/repository-address.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const [withKey] = validDelivery().environments as [Environment];
const withPassword: Environment = {
  ...withKey,
  credentials: withKey.credentials.map((credential) =>
    credential.purpose === 'gitRead' && credential.store.kind === 'kubernetes'
      ? { ...credential, store: { ...credential.store, keys: ['username', 'password'] } }
      : credential,
  ),
};

test('a key reads the SSH address, a password the https one', () => {
  expect(readAddress(withKey, 'https://github.com/acme/shop-ops.git')).toBe('git@github.com:acme/shop-ops.git');
  expect(readAddress(withPassword, 'https://github.com/acme/shop-ops.git')).toBe(
    'https://github.com/acme/shop-ops.git',
  );
});

test('a server on this machine is read as it is', () => {
  expect(readAddress(withKey, 'http://127.0.0.1:3000/shop-ops.git')).toBe('http://127.0.0.1:3000/shop-ops.git');
});
