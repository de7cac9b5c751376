import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { noLoop } from '../../../../src/model/rules/promotion/no-loop.ts';
import type { Stage, Write } from '../../../../src/model/stage.ts';
import type { Supply, Trigger } from '../../../../src/model/supply.ts';
import { kpackBuilder } from '../../../support/built-by-kpack.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withRunToken, withStage } from '../../../support/valid-delivery.ts';

const pushToMain: Trigger = { on: 'push', repository: 'shop', branches: ['main'] };

const withSupply = (change: (supply: Supply) => Supply): Delivery => ({
  ...validDelivery(),
  supplies: validDelivery().supplies.map(change),
});

/** The dev stage writes one file of the source repository, and a push to main builds. */
function inOneRepository(write: Partial<Write>, trigger: Trigger = pushToMain, stage: Partial<Stage> = {}): Delivery {
  return withStage(
    withSupply((supply) => ({ ...supply, triggers: [trigger] })),
    'dev',
    (it) => ({
      ...it,
      triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 5 }],
      ...stage,
      write: {
        ...it.write,
        repository: 'shop',
        branch: 'main',
        locator: { kind: 'kustomizeImage', file: 'ops/dev/kustomization.yaml', image: 'acme/orders' },
        ...write,
      },
    }),
  );
}

const remedy = 'write to another repository or branch, or leave what is written out of the paths that trigger';
const loop = `stages.dev.write: starts supplies.images again by a push to branch main of shop that changes ops/dev/kustomization.yaml; ${remedy}`;

describe('no write starts what leads to it', () => {
  test('passes where the write goes to another repository', () => {
    expect(told(noLoop, validDelivery())).toEqual([]);
  });

  test('passes where the write goes to another branch of the source repository', () => {
    expect(told(noLoop, inOneRepository({ branch: 'env/dev' }))).toEqual([]);
  });

  test('passes where the paths that trigger leave out what is written', () => {
    expect(told(noLoop, inOneRepository({}, { ...pushToMain, paths: ['src/**', 'Dockerfile'] }))).toEqual([]);
    expect(told(noLoop, inOneRepository({}, { ...pushToMain, paths: ['**', '!ops/**'] }))).toEqual([]);
  });

  test('passes where the branches that trigger leave out what is written', () => {
    expect(told(noLoop, inOneRepository({}, { ...pushToMain, branches: ['**'], branchesIgnore: ['main'] }))).toEqual(
      [],
    );
  });

  test('passes where the token of the push starts no workflow', () => {
    expect(told(noLoop, withRunToken(inOneRepository({}), 'dev'))).toEqual([]);
  });

  test('passes where tags or people start the build', () => {
    expect(told(noLoop, inOneRepository({}, { on: 'gitTag', repository: 'shop', pattern: 'v*' }))).toEqual([]);
    expect(told(noLoop, inOneRepository({}, { on: 'manual' }))).toEqual([]);
  });

  test('passes where a pull request starts the build and the write is a commit', () => {
    expect(told(noLoop, inOneRepository({}, { on: 'pullRequest', repository: 'shop' }))).toEqual([]);
  });

  test('fails where a push of the same repository builds', () => {
    expect(told(noLoop, inOneRepository({}))).toEqual([loop]);
  });

  test('fails where the written file is among the paths that trigger', () => {
    expect(told(noLoop, inOneRepository({}, { ...pushToMain, paths: ['src/**', 'ops/**'] }))).toEqual([loop]);
  });

  test('fails where a further field of the write is among the paths that trigger', () => {
    const delivery = inOneRepository(
      { further: [{ kind: 'yamlPath', file: 'cicd/image.yaml', path: 'spec.source.git.revision' }] },
      { ...pushToMain, paths: ['cicd/**'] },
    );

    expect(told(noLoop, delivery)).toEqual([
      `stages.dev.write: starts supplies.images again by a push to branch main of shop that changes ops/dev/kustomization.yaml, cicd/image.yaml; ${remedy}`,
    ]);
  });

  test('fails where a whole tree is written, whatever the paths', () => {
    expect(told(noLoop, inOneRepository({ locator: { kind: 'tree' } }, { ...pushToMain, paths: ['src/**'] }))).toEqual([
      `stages.dev.write: starts supplies.images again by a push to branch main of shop; ${remedy}`,
    ]);
  });

  test('fails where a webhook or somebody who looks sees the push, whatever the token', () => {
    const expected = [
      `stages.dev.write: starts supplies.images again by a push to branch main of shop that changes ops/dev/kustomization.yaml, which no token prevents; ${remedy}`,
    ];

    expect(told(noLoop, withRunToken(inOneRepository({}, { ...pushToMain, by: 'webhook' }), 'dev'))).toEqual(expected);
    expect(told(noLoop, withRunToken(inOneRepository({}, { ...pushToMain, by: 'poll' }), 'dev'))).toEqual(expected);
  });

  test('fails where a builder that looks at the branch by itself sees the push, whatever the paths', () => {
    const looping = inOneRepository({}, { on: 'manual' });
    const supplies = looping.supplies.map((supply) => ({ ...supply, builder: kpackBuilder() }));

    expect(told(noLoop, looping)).toEqual([]);
    expect(told(noLoop, { ...looping, supplies })).toEqual([
      `stages.dev.write: starts supplies.images again by a push to branch main of shop that changes ops/dev/kustomization.yaml, which no token prevents; ${remedy}`,
    ]);
  });

  test('fails where the pull request of the write builds', () => {
    const trigger: Trigger = { on: 'pullRequest', repository: 'shop', branches: ['main'] };

    expect(told(noLoop, inOneRepository({ mode: 'pullRequest' }, trigger))).toEqual([
      `stages.dev.write: starts supplies.images again by a pull request to branch main of shop that changes ops/dev/kustomization.yaml; ${remedy}`,
    ]);
    expect(told(noLoop, withRunToken(inOneRepository({ mode: 'pullRequest' }, trigger), 'dev'))).toEqual([]);
  });

  test('fails where the branch of the pull request builds', () => {
    const delivery = inOneRepository(
      { mode: 'pullRequest' },
      { ...pushToMain, branches: ['**'], branchesIgnore: ['main'] },
    );

    expect(told(noLoop, delivery)).toEqual([
      `stages.dev.write: starts supplies.images again by a push to branch promote/dev/release of shop that changes ops/dev/kustomization.yaml; ${remedy}`,
    ]);
  });

  test('fails where the merge of the pull request builds, because a person merges', () => {
    expect(told(noLoop, withRunToken(inOneRepository({ mode: 'pullRequest' }), 'dev'))).toEqual([loop]);
  });

  test('fails where a stage is started by its own write', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      triggers: [{ on: 'push', repository: 'shop-ops', branches: ['env/*'] }],
    }));

    expect(told(noLoop, delivery)).toEqual([
      `stages.dev.write: starts stages.dev again by a push to branch env/dev of shop-ops; ${remedy}`,
    ]);
  });

  test('passes where a stage is started by the write of the one before it, and fails where that one waits for it', () => {
    const forth = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      triggers: [{ on: 'push', repository: 'shop-ops', branches: ['env/dev'] }],
    }));
    const back = withStage(forth, 'dev', (stage) => ({
      ...stage,
      triggers: [{ on: 'upstreamHealthy', stages: ['prod'], by: 'poll' }],
    }));

    expect(told(noLoop, forth)).toEqual([]);
    expect(told(noLoop, back)).toEqual([
      `stages.dev.write: starts stages.prod again by a push to branch env/dev of shop-ops; ${remedy}`,
    ]);
  });

  test('fails where the copy of the source builds, and passes where it goes elsewhere', () => {
    expect(
      told(
        noLoop,
        withSupply((supply) => ({ ...supply, copiesTo: { repository: 'shop', branch: 'release' } })),
      ),
    ).toEqual([]);
    expect(
      told(
        noLoop,
        withSupply((supply) => ({ ...supply, copiesTo: { repository: 'shop', branch: 'main' } })),
      ),
    ).toEqual([`supplies.images.copiesTo: starts supplies.images again by a push to branch main of shop; ${remedy}`]);
  });

  test('fails where a supply is started by what it publishes', () => {
    const trigger: Trigger = { on: 'artifactPublished', artifact: 'payments', by: 'poll', intervalMinutes: 1 };

    expect(
      told(
        noLoop,
        withSupply((supply) => ({ ...supply, triggers: [pushToMain, trigger] })),
      ),
    ).toEqual([
      'supplies.images.triggers[1]: is started by an artifact of supplies.images, which it starts itself; trigger on the source alone',
    ]);
  });
});
