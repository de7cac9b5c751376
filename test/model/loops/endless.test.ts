import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { fullNameOf } from '../../../src/model/formats/repository-address.ts';
import { noLoop } from '../../../src/model/rules/promotion/no-loop.ts';
import { textAt } from '../../../src/objects/fields-at.ts';
import { builtByKpack, kpackBuilder } from '../../support/built-by-kpack.ts';
import { builtByTekton, foundInRegistry } from '../../support/built-by-tekton.ts';
import { toldByRegistry } from '../../support/looked-for-in-cluster.ts';
import { promotedByRuns } from '../../support/promoted-by-runs.ts';
import { told } from '../../support/told.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { cats } from '../../examples/cat-service/example.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { rendered } from '../../systems/rendered-system.ts';
import * as catService from '../five-systems/cat-service.ts';
import * as goSampleApp from '../five-systems/go-sample-app.ts';
import { play, type Played } from './endless.ts';

const orders = Array.from({ length: 1000 }, (_, seed) => seed);
const played = (delivery: Delivery): readonly Played[] => orders.map((seed) => play(delivery, seed));

/** Tekton and kpack, each of which builds what is pushed to the source, or to a branch of it, and a stage that takes both. */
const bothBuilders = (delivery: Delivery, looksAt?: string): Delivery => ({
  ...delivery,
  artifacts: [...delivery.artifacts, ...delivery.artifacts.map((it) => ({ ...it, name: 'by-kpack' }))],
  supplies: [
    ...delivery.supplies,
    ...delivery.supplies.map((it) => ({
      ...it,
      name: 'kpack',
      artifacts: ['by-kpack'],
      builder: kpackBuilder(),
      triggers:
        looksAt === undefined
          ? []
          : [{ on: 'push' as const, repository: it.source, branches: [looksAt], by: 'poll' as const }],
    })),
  ],
  stages: delivery.stages.map((stage) =>
    stage.intake.from === 'supply'
      ? { ...stage, intake: { from: 'supply', supplies: [...stage.intake.supplies, 'kpack'] } }
      : stage,
  ),
});

/** The same delivery, whose builder is told of pushes to another branch. */
const toldOf = (branch: string, delivery: Delivery): Delivery => ({
  ...delivery,
  supplies: delivery.supplies.map((supply) => ({
    ...supply,
    triggers: supply.triggers.map((trigger) => (trigger.on === 'push' ? { ...trigger, branches: [branch] } : trigger)),
  })),
});

/** The cats, or the like, whose source kpack looks at itself: nothing is copied. */
function builtFromTheSource(delivery: Delivery): Delivery {
  return {
    ...delivery,
    supplies: delivery.supplies.map(({ copiesTo: _, ...supply }) => ({
      ...supply,
      triggers: [{ on: 'push', repository: 'cat-service', branches: ['main'], by: 'poll' }],
    })),
  };
}

const looksAtTheSource = (): Delivery => builtFromTheSource(cats());

/** All of it in the repository of the source: what is promoted is written to a branch of it. */
const inTheSource = (delivery: Delivery, branch: (environment: string) => string): Delivery => ({
  ...delivery,
  stages: delivery.stages.map((stage) => ({
    ...stage,
    write: { ...stage.write, repository: delivery.supplies[0]?.source ?? '', branch: branch(stage.environment) },
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
    ['kpack builds a copy, the registry tells a CronJob to look', toldByRegistry()],
    [
      'kpack builds a copy, the registry tells a CronJob, environments are branches of the source',
      inTheSource(toldByRegistry(), (it) => `env/${it}`),
    ],
    ['Kargo looks, and promotes by itself', craftista()],
    ['Tekton builds, a webhook of the registry promotes, configuration has its own repository', goSampleApp.corrected],
    ['Tekton builds, beside a workflow that builds', builtByTekton()],
    ['Tekton builds and its registry is looked into, what is rendered has its own repository', foundInRegistry()],
    ['Tekton builds, and its runs promote what they built', promotedByRuns()],
    [
      'Tekton builds, its runs promote, environments are other branches of the source',
      inTheSource(promotedByRuns(), (it) => `env/${it}`),
    ],
    [
      'Tekton builds, environments are other branches of the source',
      inTheSource(foundInRegistry(), (it) => `env/${it}`),
    ],
    ['Tekton and kpack build, configuration has its own repository', bothBuilders(goSampleApp.corrected)],
    [
      'Tekton and kpack build, environments are other branches of the source',
      inTheSource(bothBuilders(foundInRegistry()), (it) => `env/${it}`),
    ],
  ])('ends in each of 1,000 orders of events: %s', (_, delivery) => {
    const all = played(delivery);

    expect(told(noLoop, delivery)).toEqual([]);
    expect(all.filter(({ ended }) => !ended)).toEqual([]);
    // Something was built and written, or nothing was shown.
    expect(all.filter(({ builds, writes }) => builds === 0 || writes === 0)).toEqual([]);
    // However calls of a registry were lost, or came late, the newest was found.
    expect(all.filter(({ behind }) => behind.length > 0)).toEqual([]);
  });
});

/** The one branch of the one repository whose pushes the rendered listener lets through. */
function listenedTo(delivery: Delivery): readonly string[] {
  const { objects } = rendered(withToolchains(delivery), 'tools', { images: {} });
  const [filter = '', ...others] = objects
    .filter(({ object }) => object.kind === 'EventListener')
    .map(({ object }) => textAt(object, 'spec', 'triggers', 0, 'interceptors', 1, 'params', 0, 'value'));
  if (others.length > 0) throw new Error('more than one listener is rendered');
  const asked = (field: string): string => new RegExp(`\\b${field} == "([^"]*)"`).exec(filter)?.[1] ?? '';
  return [asked('full_name'), asked('ref')];
}

/** What each stage pushes to, as GitHub tells of it. */
const pushedTo = ({ repositories, stages }: Delivery): readonly (readonly string[])[] =>
  stages.map(({ write: { repository, branch } }) => [
    ...repositories.filter(({ name }) => name === repository).map(fullNameOf),
    `refs/heads/${branch}`,
  ]);

describe('a listener of Tekton, as it is rendered', () => {
  test.each([
    ['what is rendered has its own repository', foundInRegistry()],
    ['its runs promote', promotedByRuns()],
    ['environments are other branches of the source', inTheSource(foundInRegistry(), (it) => `env/${it}`)],
  ])('lets through what people push and nothing that a stage pushes: %s', (_, delivery) => {
    expect(listenedTo(delivery)).toEqual(['acme/shop', 'refs/heads/main']);
    expect(pushedTo(delivery).length).toBeGreaterThan(1);
    expect(pushedTo(delivery)).not.toContainEqual(listenedTo(delivery));
  });

  test('fails to keep out what a stage pushes to the branch that is built, of which the rule finds a loop', () => {
    const delivery = inTheSource(foundInRegistry(), () => 'main');

    expect(pushedTo(delivery)).toContainEqual(listenedTo(delivery));
    expect(told(noLoop, delivery)).not.toEqual([]);
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
    ['Tekton builds the branch that environments are on', inTheSource(foundInRegistry(), () => 'main')],
    [
      'kpack looks at the branch that a CronJob promotes to, which the registry tells',
      inTheSource(builtFromTheSource(toldByRegistry()), () => 'main'),
    ],
    ['Tekton builds the branch that its runs promote to', inTheSource(promotedByRuns(), () => 'main')],
    [
      'Tekton is told of another branch than environments are on, and kpack looks at that one',
      inTheSource(bothBuilders(toldOf('release', foundInRegistry())), () => 'main'),
    ],
    [
      'kpack looks at another branch than environments are on, and Tekton is told of that one',
      inTheSource(bothBuilders(foundInRegistry(), 'release'), () => 'main'),
    ],
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
