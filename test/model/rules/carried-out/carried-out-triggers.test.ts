import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutTriggers } from '../../../../src/model/rules/carried-out/carried-out-triggers.ts';
import type { Trigger } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const startedBy = (stage: string, ...triggers: readonly Trigger[]): Delivery =>
  withStage(validDelivery(), stage, (it) => ({ ...it, triggers }));

const builtOn = (...triggers: readonly Trigger[]): Delivery => {
  const delivery = validDelivery();
  return { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, triggers })) };
};

const external = (delivery: Delivery): Delivery => ({
  ...delivery,
  supplies: delivery.supplies.map((supply) => ({ ...supply, builder: { kind: 'external', by: 'Jenkins' } })),
});

describe('triggers that start something', () => {
  test('passes a push that builds and promotes, and a tag of the source', () => {
    expect(told(carriedOutTriggers, validDelivery())).toEqual([]);
  });

  test('passes a stage that a person moves: of releases that another verified, and of builds made elsewhere', () => {
    expect(told(carriedOutTriggers, startedBy('prod', { on: 'manual' }))).toEqual([]);
    expect(told(carriedOutTriggers, external(startedBy('dev', { on: 'manual' })))).toEqual([]);
  });

  test('passes a stage that only a person may start, because a build leaves it alone', () => {
    expect(told(carriedOutTriggers, startedBy('dev', { on: 'manual' }))).toEqual([]);
  });

  test('passes a build of some files of some branches, and one that a person starts', () => {
    const push = {
      on: 'push',
      repository: 'shop',
      branches: ['**'],
      branchesIgnore: ['wip'],
      paths: ['src/**'],
    } as const;
    const delivery = builtOn(push, { on: 'manual' });
    const again = withStage(delivery, 'dev', (stage) => ({ ...stage, triggers: [push] }));

    expect(told(carriedOutTriggers, again)).toEqual([]);
  });

  test('fails for pushes that one filter cannot tell apart, and for a stage that some of them start', () => {
    const main: Trigger = { on: 'push', repository: 'shop', branches: ['main'] };
    const paths = builtOn(main, { ...main, branches: ['release'], paths: ['src/**'] });
    const some = builtOn(main, { ...main, branches: ['release'] });

    expect(told(carriedOutTriggers, paths)).toContain(
      'supplies.images.triggers: is not carried out yet for pushes of which one leaves out other branches or files than the next; write the same paths and branchesIgnore for each, or one supply for each',
    );
    expect(told(carriedOutTriggers, some)).toEqual([
      'stages.dev.triggers[0]: is not carried out yet apart from a build: the stage is promoted by each one; write every push that starts the supply, as it is written there',
    ]);
  });

  test('fails for a push to other branches than those that build', () => {
    expect(
      told(carriedOutTriggers, startedBy('dev', { on: 'push', repository: 'shop', branches: ['release'] })),
    ).toEqual([
      'stages.dev.triggers[0]: is not carried out yet apart from a build: the stage is promoted by each one; write every push that starts the supply, as it is written there',
    ]);
  });

  test('fails for a push into a stage that takes from another, and for one of which no workflow hears', () => {
    const push: Trigger = { on: 'push', repository: 'shop', branches: ['main'] };

    expect(told(carriedOutTriggers, startedBy('prod', push))).toEqual([
      'stages.prod.triggers[0]: is not carried out yet for a stage that takes from others; write { on: "gitTag" } or { on: "manual" }',
    ]);
    expect(told(carriedOutTriggers, external(validDelivery()))).toEqual([
      'stages.dev.triggers[0]: is not carried out yet where no workflow of the supply promotes on a push; leave it out, or write { on: "manual" }',
    ]);
  });

  test('fails for a tag of a repository that holds no source', () => {
    expect(
      told(carriedOutTriggers, startedBy('prod', { on: 'gitTag', repository: 'shop-ops', pattern: 'v*' })),
    ).toEqual([
      'stages.prod.triggers[0].repository: is not carried out yet for a repository that holds no source on github.com; tag the source, got "shop-ops"',
    ]);
  });

  test('fails for a webhook, for somebody who looks, and for a proof that nobody asks for', () => {
    const push = { on: 'push', repository: 'shop', branches: ['main'] } as const;

    expect(told(carriedOutTriggers, builtOn({ ...push, by: 'webhook', authentication: 'hook' }))).toEqual([
      'supplies.images.triggers[0].by: is not carried out yet; leave it out, so that a workflow of the repository itself starts, got "webhook"',
    ]);
    expect(told(carriedOutTriggers, startedBy('dev', { ...push, by: 'poll' }))).toEqual([
      'stages.dev.triggers[0].by: is not carried out yet; leave it out, so that a workflow of the repository itself starts, got "poll"',
    ]);
    expect(told(carriedOutTriggers, builtOn({ ...push, authentication: 'hook' }))).toEqual([
      'supplies.images.triggers[0].authentication: is not carried out yet; leave it out: a workflow of the repository itself needs no proof, got "hook"',
    ]);
  });

  test('fails for a build that a push to another repository starts, and for workflows where none run', () => {
    const delivery = validDelivery();
    const atHome = delivery.repositories.map((it) =>
      it.name === 'shop' ? { ...it, url: 'https://git.example.com/acme/shop.git' } : it,
    );

    expect(
      told(
        carriedOutTriggers,
        builtOn(
          { on: 'push', repository: 'shop', branches: ['main'] },
          { on: 'push', repository: 'shop-ops', branches: ['main'] },
        ),
      ),
    ).toEqual([
      'supplies.images.triggers[1].repository: is not carried out yet for another repository than the source; write "shop", got "shop-ops"',
    ]);
    expect(told(carriedOutTriggers, { ...delivery, repositories: atHome })).toEqual([
      'supplies.images.builder.kind: is not carried out yet for a source at https://git.example.com/acme/shop.git, which is not on github.com (a GitHub Enterprise server is named by github:baseUrl in Pulumi.platform.yaml); write { kind: "external" }, got "githubActions"',
      'stages.prod.triggers[0].repository: is not carried out yet for a repository that holds no source on github.com; tag the source, got "shop"',
    ]);
  });

  test('passes an event and a time that build, and a stage that they start too', () => {
    const event: Trigger = { on: 'dispatch', repository: 'shop', event: 'base-image', authentication: 'sender' };
    const nightly: Trigger = { on: 'schedule', cron: '0 3 * * *' };
    const delivery = builtOn(event, nightly);
    const started = (...triggers: readonly Trigger[]): Delivery =>
      withStage(delivery, 'dev', (stage) => ({ ...stage, triggers }));

    expect(told(carriedOutTriggers, started(event))).toEqual([]);
    expect(told(carriedOutTriggers, started(nightly, event))).toEqual([]);
    expect(told(carriedOutTriggers, started({ on: 'manual' }))).toEqual([]);
  });

  test('fails for an event or a time that starts a stage and builds nothing, and beside a tag', () => {
    const event: Trigger = { on: 'dispatch', repository: 'shop', event: 'base-image', authentication: 'sender' };
    const nightly: Trigger = { on: 'schedule', cron: '0 3 * * *' };
    const apart =
      'is not carried out yet apart from a build; write it among the triggers of the supply, as it is written here';
    const others =
      'is not carried out yet for a stage that takes from others; write { on: "gitTag" } or { on: "manual" }';
    const delivery = builtOn({ ...event, event: 'other' }, { on: 'schedule', cron: '0 4 * * *' });
    const beside = withStage(builtOn(nightly), 'dev', (stage) => ({
      ...stage,
      triggers: [nightly, { on: 'gitTag', repository: 'shop', pattern: 'v*' }],
    }));

    expect(
      told(
        carriedOutTriggers,
        withStage(delivery, 'dev', (stage) => ({ ...stage, triggers: [event, nightly] })),
      ),
    ).toEqual([`stages.dev.triggers[0]: ${apart}`, `stages.dev.triggers[1]: ${apart}`]);
    expect(told(carriedOutTriggers, startedBy('prod', event, nightly))).toEqual([
      `stages.prod.triggers[0]: ${others}`,
      `stages.prod.triggers[1]: ${others}`,
    ]);
    expect(told(carriedOutTriggers, beside)).toEqual([
      'stages.dev.triggers[0]: is not carried out yet beside a tag, which builds by itself; leave it out',
    ]);
    expect(told(carriedOutTriggers, external(startedBy('dev', nightly)))).toEqual([
      'stages.dev.triggers[0]: is not carried out yet where no workflow of the supply promotes on a schedule; leave it out, or write { on: "manual" }',
    ]);
  });

  test('passes one pull request that is tried, and fails for two and for one whose build would be published', () => {
    const push: Trigger = { on: 'push', repository: 'shop', branches: ['main'] };
    const pull: Trigger = { on: 'pullRequest', repository: 'shop', branches: ['main'] };
    const published = builtOn(push, pull);

    expect(told(carriedOutTriggers, builtOn(push, pull))).toEqual([]);
    expect(told(carriedOutTriggers, builtOn(push, pull, { ...pull, paths: ['src/**'] }))).toEqual([
      'supplies.images.triggers[2]: is not carried out yet beside another pull request; write one with every branch and every file',
    ]);
    expect(
      told(carriedOutTriggers, {
        ...published,
        supplies: published.supplies.map((supply) => ({ ...supply, buildsUnmerged: true })),
      }),
    ).toEqual([
      'supplies.images.buildsUnmerged: is not carried out yet for pull requests, whose builds are pushed nowhere; leave it out, or build a push to every branch, got true',
    ]);
  });
});
