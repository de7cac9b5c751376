import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { unmergedBuilds } from '../../../../src/model/rules/promotion/unmerged-builds.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { tektonBuilder } from '../../../support/built-by-tekton.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

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

    expect(
      told(
        unmergedBuilds,
        withStage(delivery, 'dev', (stage) => ({
          ...stage,
          acceptsUnmerged: 'dev shows branches before they are merged',
        })),
      ),
    ).toEqual([]);
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
});
