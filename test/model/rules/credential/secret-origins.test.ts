import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import { secretOrigins } from '../../../../src/model/rules/credential/secret-origins.ts';
import type { SecretOrigin } from '../../../../src/model/secrets/secret-origin.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.credentials.smtp.origin';

const smtp = (origin: SecretOrigin, changes: Partial<Credential> = {}): Credential => ({
  name: 'smtp',
  purpose: 'notification',
  holder: 'mailer',
  store: { kind: 'kubernetes', secretName: 'smtp', keys: ['password'] },
  scope: 'sends mails',
  origin,
  ...changes,
});

const problems = (origin: SecretOrigin, changes: Partial<Credential> = {}): readonly string[] =>
  told(
    secretOrigins,
    withEnvironment(validDelivery(), 'dev', (dev) => ({
      ...dev,
      credentials: [...dev.credentials, smtp(origin, changes)],
    })),
  );

const tls: Partial<Credential> = {
  purpose: 'certificate',
  store: { kind: 'kubernetes', secretName: 'smtp', keys: ['tls.crt', 'tls.key'] },
};

describe('what makes a Secret in the cluster', () => {
  test('passes where each key has its name or its sealed text', () => {
    expect(problems({ kind: 'externalSecret', store: 'vault', remote: { password: { key: 'shop/smtp' } } })).toEqual(
      [],
    );
    expect(problems({ kind: 'sealedSecret', encrypted: { password: 'Ag'.padEnd(200, 'x') } })).toEqual([]);
    expect(problems({ kind: 'certificate', issuer: 'letsencrypt', hosts: ['*.shop.example'] }, tls)).toEqual([]);
  });

  test('fails for keys that are not those of the Secret', () => {
    expect(problems({ kind: 'externalSecret', store: 'vault', remote: { pasword: { key: 'shop/smtp' } } })).toEqual([
      `${at}.remote: must hold the key "password" of the Secret too, got ["pasword"]`,
      `${at}.remote.pasword: is no key of the Secret; write "password", got "pasword"`,
    ]);
  });

  test('fails for a store, a name and a pace that are none', () => {
    expect(
      problems({ kind: 'externalSecret', store: 'My Vault', remote: { password: { key: ' ' } }, refreshMinutes: 0 }),
    ).toEqual([
      `${at}.store: must be the name of a store, got "My Vault"`,
      `${at}.remote.password.key: must be a name of the store, got " "`,
      `${at}.refreshMinutes: must be a whole number, 1 or more, got 0`,
    ]);
  });

  test('fails for a value in place of a sealed text, and does not show it', () => {
    expect(problems({ kind: 'sealedSecret', encrypted: { password: 'hunter2' } })).toEqual([
      `${at}.encrypted.password: must be what kubeseal writes, base64 of 64 characters or more, and no value`,
    ]);
  });

  test('fails for a certificate of no host, of no issuer, or for another purpose', () => {
    expect(problems({ kind: 'certificate', issuer: '', hosts: [] })).toEqual([
      `${at}.kind: makes tls.crt and tls.key alone; write it for the purpose "certificate", got "notification"`,
      `${at}.issuer: must be the name of an issuer, got ""`,
      `${at}.hosts: must name at least one host, got []`,
    ]);
    expect(problems({ kind: 'certificate', issuer: 'letsencrypt', hosts: ['Shop.example'] }, tls)).toEqual([
      `${at}.hosts[0]: must be a host name in lower case, got "Shop.example"`,
    ]);
  });

  test('fails outside of the namespaces of an environment', () => {
    const origin = { kind: 'externalSecret', store: 'vault', remote: { password: { key: 'shop/smtp' } } } as const;
    const elsewhere = { kind: 'kubernetes', namespace: 'argocd', secretName: 'smtp', keys: ['password'] } as const;

    expect(problems(origin, { store: elsewhere })).toEqual([
      `${at}: makes Secrets of the environment's own namespaces alone; keep it in dev, or write "external", got "argocd"`,
    ]);
    expect(told(secretOrigins, { ...validDelivery(), credentials: [smtp(origin, { store: elsewhere })] })).toEqual([
      'credentials.smtp.origin: is rendered with the applications of an environment; declare it there, or write "external", got "externalSecret"',
    ]);
  });
});
