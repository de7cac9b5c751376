import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { sameFreight } from '../../../../src/model/rules/promotion/same-freight.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

/** A tag builds the same artifacts again, for prod. */
function builtForProd(stage: Partial<Stage>): Delivery {
  const delivery = withStage(validDelivery(), 'prod', (it) => ({
    ...it,
    intake: { from: 'supply', supplies: ['tags'] },
    ...stage,
  }));
  const tags = delivery.supplies.map((supply) => ({
    ...supply,
    name: 'tags',
    triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'v*' } as const],
  }));
  return { ...delivery, supplies: [...delivery.supplies, ...tags] };
}

describe('a stage that is fed by another moves the same bits', () => {
  test('passes where a stage takes what another verified', () => {
    expect(told(sameFreight, validDelivery())).toEqual([]);
  });

  test('passes where two stages take from one supply', () => {
    expect(
      told(
        sameFreight,
        withStage(validDelivery(), 'prod', (stage) => ({ ...stage, intake: { from: 'supply', supplies: ['images'] } })),
      ),
    ).toEqual([]);
  });

  test('passes where a stage says that it builds again', () => {
    expect(told(sameFreight, builtForProd({ rebuild: true }))).toEqual([]);
  });

  test('fails where a stage is fed by a build of its own', () => {
    expect(told(sameFreight, builtForProd({}))).toEqual([
      'stages.prod.intake: deploys a build of orders that stages.dev never ran; take from stage "dev", or write rebuild: true',
    ]);
  });

  test('fails where the tag that moves a release also builds it', () => {
    const delivery: Delivery = {
      ...validDelivery(),
      supplies: validDelivery().supplies.map((supply) => ({
        ...supply,
        triggers: [...supply.triggers, { on: 'gitTag', repository: 'shop', pattern: 'v*' }],
      })),
    };

    expect(told(sameFreight, delivery)).toEqual([
      'stages.prod.triggers[0]: also starts supplies.images, which builds again what this stage should move; take that trigger from the supply, or write rebuild: true for the stage',
    ]);
    expect(
      told(
        sameFreight,
        withStage(delivery, 'prod', (stage) => ({ ...stage, rebuild: true })),
      ),
    ).toEqual([]);
  });

  test('fails where a published artifact starts a stage that takes what another verified', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      triggers: [{ on: 'manual' }, { on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 5 }],
    }));

    expect(told(sameFreight, delivery)).toEqual([
      'stages.prod.triggers[1]: starts before any stage verified the release; write upstreamHealthy, or rebuild: true for the stage',
    ]);
  });
});
