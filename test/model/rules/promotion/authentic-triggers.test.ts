import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { authenticTriggers } from '../../../../src/model/rules/promotion/authentic-triggers.ts';
import type { Trigger } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withTrigger = (...triggers: readonly Trigger[]): Delivery =>
  withStage(validDelivery(), 'prod', (stage) => ({ ...stage, triggers }));

const fromOutside: readonly Trigger[] = [
  { on: 'push', repository: 'shop', branches: ['main'], by: 'webhook' },
  { on: 'artifactPublished', artifact: 'orders', by: 'webhook' },
  { on: 'upstreamHealthy', stages: ['dev'], by: 'event' },
  { on: 'dispatch', repository: 'shop', event: 'healthy' },
];

describe('a trigger from outside proves who it is', () => {
  test('passes where nothing comes from outside', () => {
    expect(told(authenticTriggers, validDelivery())).toEqual([]);
    expect(
      told(
        authenticTriggers,
        withTrigger(
          { on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 5 },
          { on: 'upstreamHealthy', stages: ['dev'], by: 'poll' },
          { on: 'manual' },
        ),
      ),
    ).toEqual([]);
  });

  test('passes where each names its credential', () => {
    expect(
      told(authenticTriggers, withTrigger(...fromOutside.map((trigger) => ({ ...trigger, authentication: 'hook' })))),
    ).toEqual([]);
  });

  test('fails where anybody could send it', () => {
    const message = (what: string) =>
      `anybody could send this ${what}; write the credential that it proves itself with as authentication`;

    expect(told(authenticTriggers, withTrigger(...fromOutside))).toEqual([
      `stages.prod.triggers[0]: ${message('webhook')}`,
      `stages.prod.triggers[1]: ${message('webhook')}`,
      `stages.prod.triggers[2]: ${message('event')}`,
      `stages.prod.triggers[3]: ${message('dispatch')}`,
    ]);
  });

  test('fails where the registry reports without proof', () => {
    const delivery: Delivery = {
      ...validDelivery(),
      supplies: validDelivery().supplies.map((supply) => ({ ...supply, discovery: { kind: 'registryWebhook' } })),
    };

    expect(told(authenticTriggers, delivery)).toEqual([
      'supplies.images.discovery: anybody could send this webhook; write the credential that it proves itself with as authentication',
    ]);
  });
});
