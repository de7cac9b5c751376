import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../../src/model/credential.ts';
import { carriedOutCredentials } from '../../../../src/model/rules/carried-out/carried-out-credentials.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

describe('credentials that something makes', () => {
  test('passes Actions secrets of the delivery, and Secrets of its environments', () => {
    expect(told(carriedOutCredentials, validDelivery())).toEqual([]);
  });

  test('fails for a Secret of no environment', () => {
    const delivery = validDelivery();
    const hook: Credential = {
      name: 'hook',
      purpose: 'triggerAuthentication',
      holder: 'the event listener',
      store: { kind: 'kubernetes', secretName: 'hook', keys: ['token'], namespace: 'default' },
      scope: 'proves who calls',
    };

    expect(told(carriedOutCredentials, { ...delivery, credentials: [...delivery.credentials, hook] })).toEqual([
      'credentials.hook.store.kind: is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it, got "kubernetes"',
    ]);
  });
});
