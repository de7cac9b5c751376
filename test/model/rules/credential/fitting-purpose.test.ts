import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { fittingPurpose } from '../../../../src/model/rules/credential/fitting-purpose.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

/** The registry reports by webhook, with the proof that `authentication` names. */
const reporting = (authentication: string): Delivery => {
  const delivery = withStage(validDelivery(), 'dev', (stage) => ({
    ...stage,
    triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'webhook', authentication }],
  }));
  return {
    ...delivery,
    supplies: delivery.supplies.map((supply) => ({
      ...supply,
      discovery: { kind: 'registryWebhook', authentication },
    })),
    credentials: [
      ...delivery.credentials,
      {
        name: 'hook',
        purpose: 'triggerAuthentication',
        holder: 'the event listener',
        store: { kind: 'kubernetes', secretName: 'hook', keys: ['token'], namespace: 'ci' },
        scope: 'proves the registry',
      },
    ],
  };
};

describe('a credential is used for what it is for', () => {
  test('passes where one pushes and another proves', () => {
    expect(told(fittingPurpose, validDelivery())).toEqual([]);
    expect(told(fittingPurpose, reporting('hook'))).toEqual([]);
  });

  test('fails where the one that publishes images pushes commits', () => {
    expect(
      told(
        fittingPurpose,
        withStage(validDelivery(), 'dev', (stage) => ({ ...stage, write: { ...stage.write, credential: 'registry' } })),
      ),
    ).toEqual([
      'stages.dev.write.credential: must be for the purpose "gitPush", and registry is for another, got "registryPush"',
    ]);
  });

  test('fails where the one that pushes proves a webhook', () => {
    expect(told(fittingPurpose, reporting('promotion'))).toEqual([
      'stages.dev.triggers[0].authentication: must be for the purpose "triggerAuthentication" or "webhook", and promotion is for another, got "gitPush"',
      'supplies.images.discovery.authentication: must be for the purpose "triggerAuthentication" or "webhook", and promotion is for another, got "gitPush"',
    ]);
  });

  test('fails where the one that pushes is a certificate', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      promoter: {
        kind: 'cronJob',
        image: 'node',
        listener: { address: 'https://a.example', certificate: 'promotion' },
      },
    }));

    expect(told(fittingPurpose, delivery)).toEqual([
      'stages.dev.promoter.listener.certificate: must be for the purpose "certificate", and promotion is for another, got "gitPush"',
    ]);
  });
});
