import { describe, expect, test } from '@jest/globals';
import { carriedOutPromotions } from '../../../../src/model/rules/carried-out/carried-out-promotions.ts';
import { movedByKargo } from '../../../support/moved-by-kargo.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('what starts a promotion, and how it learns of a build', () => {
  test('passes where workflows promote, and where Kargo does', () => {
    expect(told(carriedOutPromotions, validDelivery())).toEqual([]);
    expect(told(carriedOutPromotions, movedByKargo())).toEqual([]);
  });

  test('fails for what only Kargo hears of where workflows promote', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      triggers: [
        { on: 'upstreamHealthy', stages: ['dev'], by: 'poll' },
        { on: 'artifactPublished', artifact: 'orders', by: 'poll' },
      ],
    }));
    const supplies = delivery.supplies.map((it) => ({ ...it, discovery: { kind: 'registryPoll' as const } }));

    expect(told(carriedOutPromotions, { ...delivery, supplies })).toEqual([
      'supplies.images.discovery.kind: is not carried out yet where Kargo moves no stage that takes from the supply; write { kind: "sameJob" }, so that the workflow that builds promotes, got "registryPoll"',
      'stages.prod.triggers[0].on: is not carried out yet; write { on: "gitTag" }, or { on: "manual" } and promote with --from, got "upstreamHealthy"',
      'stages.prod.triggers[1].on: is not carried out yet; write { on: "push" } as the supply does, or { on: "manual" }, got "artifactPublished"',
    ]);
  });

  test('fails for what only workflows hear of where Kargo promotes, and for a look that gives up', () => {
    const delivery = movedByKargo({
      supply: { discovery: { kind: 'registryPoll', attempts: 3 } },
      dev: { triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }] },
      prod: { triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }] },
    });

    expect(told(carriedOutPromotions, delivery)).toEqual([
      'supplies.images.discovery.attempts: is not carried out yet; leave it out: Kargo looks for as long as it runs, got 3',
      'stages.dev.triggers[0].on: is not carried out yet where Kargo promotes, which no workflow starts; write { on: "artifactPublished", artifact: "…", by: "poll" }, or { on: "manual" }, got "push"',
      'stages.prod.triggers[0].on: is not carried out yet where Kargo promotes, which no workflow starts; write { on: "upstreamHealthy", stages: ["…"], by: "poll" }, or { on: "manual" }, got "gitTag"',
    ]);
  });
});
