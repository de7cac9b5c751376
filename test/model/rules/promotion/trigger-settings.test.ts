import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { triggerSettings } from '../../../../src/model/rules/promotion/trigger-settings.ts';
import type { Trigger } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const builtOn = (...triggers: readonly Trigger[]): Delivery => {
  const delivery = validDelivery();
  return { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, triggers })) };
};
const event = (name: string): Trigger => ({ on: 'dispatch', repository: 'shop', event: name });

describe('names and times of triggers', () => {
  test('passes what GitHub takes', () => {
    expect(told(triggerSettings, builtOn(event('base-image'), { on: 'schedule', cron: '*/15 3 * * 1-5' }))).toEqual([]);
  });

  test('fails for the name of an event that would not be one in a condition', () => {
    const message = 'must be letters, digits, "_", "-" and ".", 100 at most, e.g. "base-image"';

    expect(told(triggerSettings, builtOn(event("a' || 'b"), event(''), event('x'.repeat(101))))).toEqual([
      `supplies.images.triggers[0].event: ${message}, got "a' || 'b"`,
      `supplies.images.triggers[1].event: ${message}, got ""`,
      `supplies.images.triggers[2].event: ${message}, got "${'x'.repeat(101)}"`,
    ]);
  });

  test('fails for a time that is none, and for one that never comes', () => {
    expect(
      told(triggerSettings, builtOn({ on: 'schedule', cron: 'nightly' }, { on: 'schedule', cron: '0 0 31 2 *' })),
    ).toEqual([
      'supplies.images.triggers[0].cron: must be a cron expression of five fields, e.g. "0 2 * * *", got "nightly"',
      'supplies.images.triggers[1].cron: never fires; choose a day that the month has, got "0 0 31 2 *"',
    ]);
  });
});
