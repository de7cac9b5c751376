import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutPromotions } from '../../../../src/model/rules/carried-out/carried-out-promotions.ts';
import { cronJobStages } from '../../../../src/model/rules/toolchain/cron-job-stages.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { lookedForInCluster } from '../../../support/looked-for-in-cluster.ts';
import { told } from '../../../support/told.ts';

const found = (change: Partial<Stage>): readonly string[] => told(cronJobStages, lookedForInCluster(change));

/** With the supply's look as it is said. */
const looked = (discovery: Delivery['supplies'][number]['discovery']): Delivery => ({
  ...lookedForInCluster(),
  supplies: lookedForInCluster().supplies.map((it) => ({ ...it, discovery })),
});

describe('a CronJob moves what it can', () => {
  test('passes for what is looked for in a registry, from a toolchain, with an image by its digest', () => {
    expect(found({})).toEqual([]);
    expect(told(carriedOutPromotions, lookedForInCluster())).toEqual([]);
  });

  test('passes for a pause that GitHub would not keep, and fails for one that no schedule keeps', () => {
    expect(told(carriedOutPromotions, looked({ kind: 'registryPoll', intervalMinutes: 1 }))).toEqual([]);
    expect(told(carriedOutPromotions, looked({ kind: 'registryPoll', intervalMinutes: 7 }))).toEqual([
      'supplies.cats.discovery.intervalMinutes: is not carried out yet: no schedule keeps such a pause; write one of 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440, got 7',
    ]);
  });

  test('fails for an image by its tag', () => {
    expect(found({ promoter: { kind: 'cronJob', image: 'node:22' } })).toEqual([
      'stages.dev.promoter.image: must name an image with Node.js, npm and Git by its digest, e.g. "node:22-bookworm@sha256:…": a tag is another image tomorrow, got "node:22"',
    ]);
  });

  test('fails for what no look finds, and for what starts no CronJob', () => {
    expect(found({ triggers: [{ on: 'push', repository: 'cat-service', branches: ['main'] }] })).toEqual([
      'stages.dev.triggers: must hold { on: "artifactPublished", artifact: "…", by: "poll" }, as the CronJob looks, got ["push"]',
      'stages.dev.triggers[0].on: starts no CronJob; leave it out, or leave the promoter out, so that workflows run the program, got "push"',
    ]);
    expect(told(cronJobStages, looked({ kind: 'sameJob' }))).toEqual([
      'stages.dev.intake: must be of supplies with the discovery { kind: "registryPoll" }: a CronJob promotes what it finds in the registry, got ["cats"]',
    ]);
    expect(found({ gate: { kind: 'humanTag', pattern: 'v*', taggers: ['maintainers'] } })).toEqual([
      'stages.dev.gate.kind: is not carried out yet where a CronJob promotes; write { kind: "pullRequest" }, got "humanTag"',
    ]);
  });

  test('fails without a toolchain, and for Secrets that lie somewhere else', () => {
    const { toolchain: _, ...alone } = lookedForInCluster().stages[0]!;
    const delivery = lookedForInCluster();

    expect(told(cronJobStages, { ...delivery, stages: [alone, ...delivery.stages.slice(1)] })).toEqual([
      'stages.dev.toolchain: is not carried out yet without one; write the name of a toolchain, in which the CronJob runs',
    ]);
    expect(found({ write: { ...delivery.stages[0]!.write, credential: 'publish-dev' } })).toEqual([
      'stages.dev.write.credential: must be one that the CronJob finds, kept as { kind: "kubernetes", namespace: "cat-service-build", … }, got "publish-dev"',
    ]);
    expect(told(cronJobStages, looked({ kind: 'registryPoll', login: 'kpack-read' }))).toEqual([
      'supplies.cats.discovery.login: must be one that the CronJob finds, as Docker keeps logins: { kind: "kubernetes", namespace: "cat-service-build", secretName: "…", keys: [".dockerconfigjson"] }, got "kpack-read"',
    ]);
  });

  test('fails for repositories of two servers, of an address that no login opens, and without a program', () => {
    const delivery = lookedForInCluster();
    const at = (name: string, url: string): Delivery => ({
      ...delivery,
      repositories: delivery.repositories.map((it) => (it.name === name ? { ...it, url } : it)),
    });
    const message = (name: string, url: string): string =>
      `repositories.${name}.url: must be an address of https://github.com that begins with https://, because the CronJob of dev fetches everything with one login, got "${url}"`;

    for (const url of ['https://git.example.com/acme/cats.git', 'git@github.com:acme/cats.git'])
      expect(told(cronJobStages, at('cat-service-ops', url))).toEqual([message('cat-service-ops', url)]);
    expect(
      told(cronJobStages, {
        ...delivery,
        repositories: delivery.repositories.filter(({ holds }) => !holds.includes('program')),
      }),
    ).toEqual([
      'repositories: must have one that holds the program, which the CronJob of dev fetches; write holds: ["program"]',
    ]);
  });
});
