import { describe, expect, test } from '@jest/globals';
import { carriedOutPromotions } from '../../../../src/model/rules/carried-out/carried-out-promotions.ts';
import { builtByKpack } from '../../../support/built-by-kpack.ts';
import { movedByKargo } from '../../../support/moved-by-kargo.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

/** What kpack builds, as the workflow of a stage looks for it. */
const looked = (change: Parameters<typeof builtByKpack>[0], waitMinutes?: number) =>
  withStage(builtByKpack({ discovery: { kind: 'registryPoll' }, ...change }), 'dev', (stage) => ({
    ...stage,
    triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'poll' }],
    ...(waitMinutes === undefined ? {} : { waitMinutes }),
  }));

describe('what starts a promotion, and how it learns of a build', () => {
  test('passes where workflows promote, and where Kargo does', () => {
    expect(told(carriedOutPromotions, validDelivery())).toEqual([]);
    expect(told(carriedOutPromotions, movedByKargo())).toEqual([]);
  });

  test('passes where a workflow looks for what another builder built, and waits for it', () => {
    expect(told(carriedOutPromotions, looked({}))).toEqual([]);
    expect(
      told(carriedOutPromotions, looked({ discovery: { kind: 'registryPoll', intervalMinutes: 20 } }, 60)),
    ).toEqual([]);
  });

  test('fails for a pause that no schedule keeps, a look that gives up, and a look for nobody', () => {
    expect(
      told(
        carriedOutPromotions,
        looked({ discovery: { kind: 'registryPoll', intervalMinutes: 7, attempts: 40, login: 'kpack-push' } }),
      ),
    ).toEqual([
      'supplies.orders.discovery.login: must be one that the job that looks finds, with the name of an account and its password: { kind: "githubActions", repository: "shop", environment: "dev", keys: ["REGISTRY_USERNAME", "REGISTRY_TOKEN"] }, got "kpack-push"',
      'supplies.orders.discovery.attempts: is not carried out yet; leave it out: a workflow looks again and again, and a stage says as waitMinutes how long one look waits, got 40',
      'supplies.orders.discovery.intervalMinutes: is not carried out yet: no schedule of GitHub keeps such a pause; write one of 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440, got 7',
    ]);
    const nobody = withStage(looked({}), 'dev', (stage) => ({
      ...stage,
      intake: { from: 'supply', supplies: ['images'] },
      triggers: [{ on: 'manual' }],
    }));
    expect(told(carriedOutPromotions, nobody)).toEqual([
      'supplies.orders.discovery.kind: is not carried out yet where no stage takes from the supply; name it in the intake of one, got "registryPoll"',
    ]);
  });

  test('fails for patience where nothing is looked for', () => {
    expect(
      told(
        carriedOutPromotions,
        withStage(validDelivery(), 'dev', (stage) => ({ ...stage, waitMinutes: 40 })),
      ),
    ).toEqual([
      'stages.dev.waitMinutes: is not carried out yet where nothing is looked for; leave it out: the workflow that builds promotes, and so waits for nothing, got 40',
    ]);
  });

  test('fails for what only Kargo hears of where workflows promote', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      triggers: [{ on: 'manual' }, { on: 'artifactPublished', artifact: 'orders', by: 'poll' }],
    }));
    const supplies = delivery.supplies.map((it) => ({ ...it, discovery: { kind: 'registryPoll' as const } }));

    expect(told(carriedOutPromotions, { ...delivery, supplies })).toEqual([
      'supplies.images.discovery.kind: is not carried out yet where Kargo moves no stage that takes from the supply; write { kind: "sameJob" }, so that the workflow that builds promotes, got "registryPoll"',
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
