import { describe, expect, test } from '@jest/globals';
import { emergencyPeople } from '../../../../src/model/rules/promotion/emergency-people.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const allowing = (...emergency: readonly string[]) =>
  withStage(validDelivery(), 'prod', (stage) => ({ ...stage, emergency }));

describe('who may go past a gate in an emergency', () => {
  test('passes for people, and for nobody', () => {
    expect([...told(emergencyPeople, allowing('alice')), ...told(emergencyPeople, allowing())]).toEqual([]);
  });

  test('fails for a team, whose members nobody asks for, and for an app', () => {
    expect(told(emergencyPeople, allowing('releasers', 'promoter'))).toEqual([
      'stages.prod.emergency: must be people by their names at GitHub, and this is a team; name each member, got "releasers"',
      'stages.prod.emergency: must be people by their names at GitHub, and this is an app, got "promoter"',
    ]);
  });
});
