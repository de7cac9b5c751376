import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { noLoop } from '../../../src/model/rules/promotion/no-loop.ts';
import { builtByKpack, kpackBuilder } from '../../support/built-by-kpack.ts';
import { told } from '../../support/told.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { cats } from '../../examples/cat-service/example.ts';
import { craftista } from '../../examples/craftista/example.ts';
import * as catService from '../five-systems/cat-service.ts';
import * as goSampleApp from '../five-systems/go-sample-app.ts';
import { play, type Played } from './endless.ts';

const orders = Array.from({ length: 1000 }, (_, seed) => seed);
const played = (delivery: Delivery): readonly Played[] => orders.map((seed) => play(delivery, seed));

/** Tekton and kpack, each of which builds whatever is pushed to the source, and a stage that takes both. */
const bothBuilders = (delivery: Delivery): Delivery => ({
  ...delivery,
  artifacts: [...delivery.artifacts, ...delivery.artifacts.map((it) => ({ ...it, name: 'by-kpack' }))],
  supplies: [
    ...delivery.supplies,
    ...delivery.supplies.map((it) => ({
      ...it,
      name: 'kpack',
      artifacts: ['by-kpack'],
      builder: kpackBuilder(),
      triggers: [],
    })),
  ],
  stages: delivery.stages.map((stage) =>
    stage.intake.from === 'supply' ? { ...stage, intake: { from: 'supply', supplies: ['tekton', 'kpack'] } } : stage,
  ),
});

/** The cats, whose source kpack looks at itself: nothing is copied. */
function looksAtTheSource(): Delivery {
  const delivery = cats();
  return {
    ...delivery,
    supplies: delivery.supplies.map(({ copiesTo: _, ...supply }) => ({
      ...supply,
      triggers: [{ on: 'push', repository: 'cat-service', branches: ['main'], by: 'poll' }],
    })),
  };
}

/** All of it in the repository of the source: what is promoted is written to a branch of it. */
const inTheSource = (delivery: Delivery, branch: (environment: string) => string): Delivery => ({
  ...delivery,
  stages: delivery.stages.map((stage) => ({
    ...stage,
    write: { ...stage.write, repository: 'cat-service', branch: branch(stage.environment) },
  })),
});

describe('a delivery of which the rule finds no loop', () => {
  test.each<[string, Delivery]>([
    ['workflows build and promote', validDelivery()],
    ['kpack builds a copy, a workflow looks for what it built', cats()],
    ['kpack builds the source itself, what is rendered has its own repository', looksAtTheSource()],
    [
      'kpack builds the source itself, environments are other branches of it',
      inTheSource(looksAtTheSource(), (it) => `env/${it}`),
    ],
    ['kpack builds a copy, environments are branches of the source', inTheSource(cats(), (it) => `env/${it}`)],
    ['kpack builds a copy, beside a workflow that builds', builtByKpack()],
    ['a loop in CI looks for what kpack built', catService.corrected],
    ['Kargo looks, and promotes by itself', craftista()],
    ['Tekton builds, a webhook of the registry promotes, configuration has its own repository', goSampleApp.corrected],
    ['Tekton and kpack build, configuration has its own repository', bothBuilders(goSampleApp.corrected)],
  ])('ends in each of 1,000 orders of events: %s', (_, delivery) => {
    const all = played(delivery);

    expect(told(noLoop, delivery)).toEqual([]);
    expect(all.filter(({ ended }) => !ended)).toEqual([]);
    // Something was built and written, or nothing was shown.
    expect(all.filter(({ builds, writes }) => builds === 0 || writes === 0)).toEqual([]);
  });
});

describe('a delivery of which the rule finds a loop', () => {
  const { push, inOneRepository, withKpack } = goSampleApp;
  const automatic = (delivery: Delivery): Delivery => ({
    ...delivery,
    stages: delivery.stages.map((stage) =>
      stage.name === 'dev'
        ? { ...stage, triggers: [{ on: 'artifactPublished', artifact: 'go-sample-app', by: 'webhook' }] }
        : stage,
    ),
  });

  test.each<[string, Delivery]>([
    ['Tekton builds every push to the repository that the promotion writes', inOneRepository(push)],
    ['kpack looks at the branch that the promotion writes', automatic(withKpack)],
    [
      'kpack builds the source itself, and environments are on its branch',
      inTheSource(looksAtTheSource(), () => 'main'),
    ],
    ['Tekton and kpack both build it', bothBuilders(inOneRepository(push))],
    [
      'what is copied starts what copies',
      builtByKpack({
        copiesTo: { repository: 'shop', branch: 'main' },
        triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
      }),
    ],
  ])('fails to end in each of 1,000 orders: %s', (_, delivery) => {
    expect(told(noLoop, delivery)).not.toEqual([]);
    expect(played(delivery).filter(({ ended }) => ended)).toEqual([]);
  });

  test('ends where the push is of other files, as the second remedy of the systems has it', () => {
    const delivery = inOneRepository({ ...push, paths: ['**', '!ops/**'] });

    expect(told(noLoop, delivery)).toEqual([]);
    expect(played(delivery).filter(({ ended }) => !ended)).toEqual([]);
  });
});
