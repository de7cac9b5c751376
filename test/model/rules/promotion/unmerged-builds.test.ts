import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { unmergedBuilds } from '../../../../src/model/rules/promotion/unmerged-builds.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { tektonBuilder } from '../../../support/built-by-tekton.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>): Delivery => ({
  ...validDelivery(),
  supplies: validDelivery().supplies.map((supply) => ({ ...supply, ...change })),
});

describe('unmerged code reaches no stage by accident', () => {
  test('passes where merged branches alone are built', () => {
    expect(
      told(
        unmergedBuilds,
        withSupply({ triggers: [{ on: 'push', repository: 'shop', branches: ['main', 'release/*'] }] }),
      ),
    ).toEqual([]);
  });

  test('passes where supply and stage both say so', () => {
    const delivery = withSupply({ triggers: [{ on: 'pullRequest', repository: 'shop' }], buildsUnmerged: true });

    const stages = delivery.stages.map((stage) => ({
      ...stage,
      acceptsUnmerged: 'branches are shown before they are merged',
    }));
    expect(told(unmergedBuilds, { ...delivery, stages })).toEqual([]);
  });

  test('passes a pull request that our workflow tries, because nothing of it is published', () => {
    expect(told(unmergedBuilds, withSupply({ triggers: [{ on: 'pullRequest', repository: 'shop' }] }))).toEqual([]);
  });

  test('fails where a pull request or any branch is built without a word', () => {
    const delivery = withSupply({
      builder: tektonBuilder(),
      triggers: [
        { on: 'pullRequest', repository: 'shop' },
        { on: 'push', repository: 'shop', branches: ['**'], branchesIgnore: ['main'] },
      ],
    });
    const message =
      'builds code that nobody merged; trigger on merged branches alone, or write buildsUnmerged: true for the supply';

    expect(told(unmergedBuilds, delivery)).toEqual([
      `supplies.images.triggers[0]: ${message}`,
      `supplies.images.triggers[1]: ${message}`,
    ]);
  });

  test('fails where a stage deploys what such a supply publishes', () => {
    expect(told(unmergedBuilds, withSupply({ buildsUnmerged: true }))).toEqual([
      'stages.dev.intake: deploys anything that supplies.images publishes, unmerged code too; build merged code alone, or write the reason as acceptsUnmerged',
    ]);
  });

  test('fails where a stage takes what another runs that accepts unmerged code, and says nothing of it itself', () => {
    const accepts = (delivery: Delivery, names: readonly string[]): Delivery => ({
      ...delivery,
      stages: delivery.stages.map((stage) =>
        names.includes(stage.name) ? { ...stage, acceptsUnmerged: 'developers try their branches' } : stage,
      ),
    });
    const next =
      'which accepts unmerged code; take from a stage that runs merged code alone, or write the reason as acceptsUnmerged here too';

    expect(told(unmergedBuilds, accepts(validDelivery(), ['dev']))).toEqual([
      `stages.prod.intake: takes what stages.dev runs, ${next}`,
    ]);
    expect(told(unmergedBuilds, accepts(validDelivery(), ['dev', 'prod']))).toEqual([]);
  });
});
