import { describe, expect, test } from '@jest/globals';
import { supplySettings } from '../../../../src/model/rules/promotion/supply-settings.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>): readonly string[] => {
  const delivery = validDelivery();
  return told(supplySettings, { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, ...change })) });
};
const building = (...contexts: readonly string[]): readonly string[] =>
  withSupply({
    builder: { kind: 'githubActions', images: contexts.map((context) => ({ artifact: 'orders', context })) },
  });

describe('a supply builds something, somewhere, within some time', () => {
  test('passes for folders of the source, the whole of it too', () => {
    expect(building('.', 'services/orders', './orders')).toEqual([]);
    expect(withSupply({ buildMinutes: 5 })).toEqual([]);
    expect(withSupply({ builder: { kind: 'external', by: 'a vendor' } })).toEqual([]);
  });

  test('fails for nothing to build, and for a folder that the source cannot hold', () => {
    expect(building()).toEqual([
      'supplies.images.builder.images: must name what is built, e.g. { artifact: "orders", context: "orders" }, got []',
    ]);
    for (const context of ['', '/orders', '../orders'])
      expect(building('orders', context)).toEqual([
        `supplies.images.builder.images[1].context: must be a folder of the source, e.g. "orders", or "." for all of it, got "${context}"`,
      ]);
  });

  test('fails for a time that is none', () => {
    for (const buildMinutes of [0, -5, 2.5])
      expect(withSupply({ buildMinutes })).toEqual([
        `supplies.images.buildMinutes: must be a whole number, 1 or more, got ${buildMinutes}`,
      ]);
  });
});
