import { describe, expect, test } from '@jest/globals';
import { secretTypeOf, type Credential } from '../../src/model/credential.ts';
import { credentialShape } from '../../src/model/rules/credential/credential-shape.ts';
import { told } from '../support/told.ts';
import { withEnvironment } from '../support/valid-delivery.ts';
import { furtherWords } from './further-words.ts';

const credential = (purpose: Credential['purpose'], ...keys: readonly string[]): Credential => ({
  name: 'a',
  purpose,
  holder: 'b',
  store: { kind: 'kubernetes', secretName: 'c', keys },
  scope: 'd',
});

describe('the type of the Secret of a credential', () => {
  test.each([
    [credential('certificate', 'tls.crt', 'tls.key'), 'kubernetes.io/tls'],
    [credential('registryRead', '.dockerconfigjson'), 'kubernetes.io/dockerconfigjson'],
    [credential('registryPush', '.dockerconfigjson'), 'kubernetes.io/dockerconfigjson'],
    [credential('gitRead', 'ssh-privatekey'), 'kubernetes.io/ssh-auth'],
    [credential('gitRead', 'sshPrivateKey'), 'Opaque'],
    [credential('registryPush', 'password'), 'Opaque'],
    [credential('database', 'password'), 'Opaque'],
  ])('is what its readers ask for: %j', (given, type) => {
    expect(secretTypeOf(given)).toBe(type);
  });
});

test('fails for a certificate under keys that no ingress reads', () => {
  const renamed = withEnvironment(furtherWords, 'prod', (environment) => ({
    ...environment,
    credentials: environment.credentials.map((it) =>
      it.purpose === 'certificate' ? { ...it, store: { ...it.store, keys: ['cert.pem', 'key.pem'] } } : it,
    ),
  }));

  expect(told(credentialShape, furtherWords)).toEqual([]);
  expect(told(credentialShape, renamed)).toEqual([
    'environments.prod.credentials.shop-certificate.store.keys: must be ["tls.crt","tls.key"], the keys of a Secret of type kubernetes.io/tls, got ["cert.pem","key.pem"]',
  ]);
});
