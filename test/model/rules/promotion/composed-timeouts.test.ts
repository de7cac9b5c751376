import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { composedTimeouts } from '../../../../src/model/rules/promotion/composed-timeouts.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { kpackBuilder } from '../../../support/built-by-kpack.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>): Delivery => ({
  ...validDelivery(),
  supplies: validDelivery().supplies.map((supply) => ({ ...supply, ...change })),
});
const waiting = (delivery: Delivery, waitMinutes: number): Delivery =>
  withStage(delivery, 'dev', (stage) => ({ ...stage, waitMinutes }));

const kpack = kpackBuilder({ pollMinutes: 5 });

describe('who waits for an artifact waits long enough', () => {
  test('passes where nobody waits', () => {
    expect(told(composedTimeouts, validDelivery())).toEqual([]);
  });

  test('passes where patience is at least looking and building', () => {
    const delivery = withSupply({
      builder: kpack,
      buildMinutes: 10,
      discovery: { kind: 'registryPoll', intervalMinutes: 1, attempts: 15 },
    });

    expect(told(composedTimeouts, waiting(delivery, 16))).toEqual([]);
  });

  test('fails where the registry is asked too few times', () => {
    expect(
      told(
        composedTimeouts,
        withSupply({ builder: kpack, discovery: { kind: 'registryPoll', intervalMinutes: 2, attempts: 10 } }),
      ),
    ).toEqual([
      'supplies.images.discovery.attempts: gives up after 20 minutes, and a build may take 35; write at least 18, got 10',
    ]);
  });

  test('fails where the stage waits too short', () => {
    expect(
      told(
        composedTimeouts,
        waiting(withSupply({ discovery: { kind: 'helmRepositoryPoll', intervalMinutes: 3 } }), 20),
      ),
    ).toEqual(['stages.dev.waitMinutes: is shorter than looking and building may take; write at least 33, got 20']);
  });
});
