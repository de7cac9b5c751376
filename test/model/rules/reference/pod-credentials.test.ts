import { describe, expect, test } from '@jest/globals';
import { secret } from '../../../../src/model/container.ts';
import type { Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { podCredentials } from '../../../../src/model/rules/reference/pod-credentials.ts';
import { told } from '../../../support/told.ts';
import {
  validDelivery,
  withContainer,
  withDatabase,
  withEnvironment,
  withService,
} from '../../../support/valid-delivery.ts';

const withCredential = (name: string, change: Partial<Credential>): Delivery =>
  withEnvironment(validDelivery(), 'prod', (environment) => ({
    ...environment,
    credentials: environment.credentials.map((credential) =>
      credential.name === name ? { ...credential, ...change } : credential,
    ),
  }));

const payments = 'environments.prod.applications.shop.services.payments';

describe('a credential that pods use is theirs', () => {
  test('passes for a Secret of the namespace with the key', () => {
    expect(told(podCredentials, validDelivery())).toEqual([]);
  });

  test('fails for a credential or key that is not there', () => {
    const delivery = withContainer(validDelivery(), 'prod', 'payments', (container) => ({
      ...container,
      env: { A: secret('bank', 'token'), B: secret('bank-token', 'tokn') },
    }));

    expect(told(podCredentials, delivery)).toEqual([
      `${payments}.containers.payments.env.A: there is no credential in prod of this name; write "orders-db-password", "ops-read" or "bank-token", got "bank"`,
      `${payments}.containers.payments.env.B: bank-token has no such key; write "token", got "tokn"`,
    ]);
  });

  test('fails for one that is kept elsewhere', () => {
    expect(
      told(
        podCredentials,
        withCredential('bank-token', { store: { kind: 'githubActions', repository: 'shop', keys: ['token'] } }),
      ),
    ).toEqual([
      `${payments}.containers.payments.env.BANK_TOKEN: must be kept as a Kubernetes Secret, because pods read nothing else, got "bank-token"`,
    ]);
    expect(
      told(
        podCredentials,
        withCredential('bank-token', {
          store: { kind: 'kubernetes', secretName: 'bank', keys: ['token'], namespace: 'bank' },
        }),
      ),
    ).toEqual([
      `${payments}.containers.payments.env.BANK_TOKEN: must be in namespace prod, because pods read no other, got "bank"`,
    ]);
  });

  test('fails for a database whose password is something else, or under another key', () => {
    const path = 'environments.prod.applications.shop.databases.orders-db.credential';

    expect(
      told(
        podCredentials,
        withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({
          ...database,
          credential: 'bank-token',
          passwordKey: 'token',
        })),
      ),
    ).toEqual([`${path}: must be for the purpose "database", and bank-token is for another, got "webhook"`]);
    expect(
      told(
        podCredentials,
        withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({ ...database, passwordKey: 'password' })),
      ),
    ).toEqual([`${path}: orders-db-password has no such key; write "POSTGRES_PASSWORD", got "password"`]);
  });

  test('fails for images that are pulled, and volumes that are filled, with what is not there', () => {
    const delivery = withService(validDelivery(), 'prod', 'payments', (service) => ({
      ...service,
      imagePullCredential: 'bank-token',
      volumes: [{ name: 'token', kind: 'secret', credential: 'banc-token' }],
    }));

    expect(told(podCredentials, delivery)).toEqual([
      `${payments}.imagePullCredential: must be for the purpose "registryRead", and bank-token is for another, got "webhook"`,
      `${payments}.volumes.token: there is no credential in prod of this name; write "bank-token", got "banc-token"`,
    ]);
  });
});
