import { describe, expect, test } from '@jest/globals';
import { reachableStages } from '../../../../src/model/rules/promotion/reachable-stages.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('a release can reach every stage', () => {
  test('passes for a course from a supply to the last stage, in any order of listing', () => {
    const delivery = validDelivery();

    expect(told(reachableStages, delivery)).toEqual([]);
    expect(told(reachableStages, { ...delivery, stages: [...delivery.stages].reverse() })).toEqual([]);
  });

  test('fails where stages wait for each other', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      intake: { from: 'stages', stages: ['prod'] },
    }));

    expect(told(reachableStages, delivery)).toEqual([
      'stages.dev.intake: can never be entered, because the stages it takes from wait for each other, got ["prod"]',
      'stages.prod.intake: can never be entered, because the stages it takes from wait for each other, got ["dev"]',
    ]);
  });

  test('fails where a stage takes from nothing or is started by nothing', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      intake: { from: 'supply', supplies: [] },
      triggers: [],
    }));

    expect(told(reachableStages, delivery)).toEqual([
      'stages.dev.intake: must name at least one to take from, got []',
      'stages.dev.triggers: must hold at least one, e.g. { on: "manual" }, got []',
    ]);
  });

  test('fails where a stage waits for one that it does not take from', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      triggers: [{ on: 'upstreamHealthy', stages: ['dev', 'prod'], by: 'poll' }],
    }));

    expect(told(reachableStages, delivery)).toEqual([
      'stages.prod.triggers[0]: waits for a stage that this one does not take from, got "prod"',
    ]);
  });

  test('fails where two stages deliver one application to one environment', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({ ...stage, environment: 'dev' }));

    expect(told(reachableStages, delivery)).toEqual([
      'stages.prod.application: is delivered to dev by stages.dev already; one stage delivers it, got "shop"',
    ]);
  });
});
