import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { describeProblem } from '../../../../src/model/problem.ts';
import { courseReferences } from '../../../../src/model/rules/reference/course-references.ts';
import { tektonStages } from '../../../../src/model/rules/toolchain/tekton-stages.ts';
import { carriedOutTriggers } from '../../../../src/model/rules/carried-out/carried-out-triggers.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { promotedByRuns, tektonPromoter, toldPush } from '../../../support/promoted-by-runs.ts';
import { told } from '../../../support/told.ts';

const found = (change: Partial<Stage>): readonly string[] => told(tektonStages, promotedByRuns(change));

const write = promotedByRuns().stages[0]!.write;

describe('a run of Tekton promotes what it can', () => {
  test('passes for what it built itself, started as the build is, with and without a review', () => {
    const review = { kind: 'pullRequest', approvals: 1, approvers: ['release-managers'], checks: ['verify'] } as const;

    expect(problemsOf(promotedByRuns()).map(describeProblem)).toEqual([]);
    expect(found({ gate: review })).toEqual([]);
    expect(found({ triggers: [toldPush, { on: 'manual' }] })).toEqual([]);
  });

  test('fails for an image by its tag', () => {
    expect(found({ promoter: { kind: 'tekton', image: 'node:22' } })).toEqual([
      'stages.dev.promoter.image: must name an image with Node.js, npm and Git by its digest, e.g. "node:22-bookworm@sha256:…": a tag is another image tomorrow, got "node:22"',
    ]);
  });

  test('fails for what a run did not build, and for several supplies', () => {
    const delivery = promotedByRuns();
    const other = { ...delivery.supplies[0]!, name: 'others', artifacts: [] };
    const several = { ...promotedByRuns({ intake: { from: 'supply', supplies: ['orders', 'others'] } }) };
    const message =
      'stages.dev.intake: must be of one supply that Tekton builds: a run promotes what it built itself, and that alone';

    expect(told(tektonStages, { ...several, supplies: [...delivery.supplies, other] })).toEqual([
      `${message}, got ["orders","others"]`,
    ]);
    expect(
      told(tektonStages, {
        ...delivery,
        supplies: delivery.supplies.map((it) => ({ ...it, builder: { kind: 'external', by: 'Jenkins' } })),
      }),
    ).toEqual([`${message}, got ["orders"]`]);
    expect(found({ intake: { from: 'stages', stages: ['prod'] } })).toEqual([`${message}, got "stages"`]);
  });

  test('fails for other starts than the push that builds, and for one that is not told with the same proof', () => {
    expect(found({ triggers: [{ on: 'manual' }] })).toEqual([
      'stages.dev.triggers: must hold the push that starts supplies.orders, as it is written there: its runs promote, got ["manual"]',
    ]);
    expect(found({ triggers: [toldPush, { on: 'schedule', cron: '0 3 * * *' }] })).toEqual([
      'stages.dev.triggers[1].on: starts no run of Tekton; leave it out, or leave the promoter out, so that workflows run the program, got "schedule"',
    ]);
    for (const push of [
      { on: 'push', repository: 'shop', branches: ['main'] },
      { ...toldPush, authentication: 'other-hook' },
    ] as const)
      expect(found({ triggers: [push] })).toEqual([
        `stages.dev.triggers[0]: must be the push that starts supplies.orders, as it is written there, with by and authentication, got "${'by' in push ? 'webhook' : 'workflow'}"`,
      ]);
    expect(told(carriedOutTriggers, promotedByRuns({ triggers: [{ ...toldPush, branches: ['release'] }] }))).toEqual([
      'stages.dev.triggers[0]: is not carried out yet apart from a build: the stage is promoted by each one; write every push that starts the supply, as it is written there',
    ]);
  });

  test('fails for a gate that is a tag', () => {
    expect(found({ gate: { kind: 'humanTag', pattern: 'v*', taggers: ['release-managers'] } })).toEqual([
      'stages.dev.gate.kind: is not carried out yet where a run of Tekton promotes; write { kind: "pullRequest" }, got "humanTag"',
    ]);
  });

  test('fails without a toolchain, and in another one than the build', () => {
    const { toolchain: _, ...alone } = promotedByRuns().stages[0]!;

    expect(told(tektonStages, { ...promotedByRuns(), stages: [alone, ...promotedByRuns().stages.slice(1)] })).toEqual([
      'stages.dev.toolchain: is not carried out yet without one; write the toolchain of the supply, whose runs promote to the stage',
    ]);
    expect(found({ toolchain: 'others' })).toEqual([
      'stages.dev.toolchain: must be "tools", in which supplies.orders is built: its runs promote, got "others"',
    ]);
  });

  test('fails for a credential that is missing, that lies elsewhere, or that is none of an app', () => {
    const delivery = promotedByRuns();
    const kept = (change: Partial<Delivery['credentials'][number]['store']>): Delivery => ({
      ...delivery,
      credentials: delivery.credentials.map((it) =>
        it.name === tektonPromoter.name
          ? ({ ...it, store: { ...it.store, ...change } } as Delivery['credentials'][number])
          : it,
      ),
    });
    const message =
      'stages.dev.write.credential: must be one of an app that a run finds beside what it pushes images with: { kind: "kubernetes", namespace: "shop-builds", secretName: "…", keys: ["githubAppClientID","githubAppInstallationID","githubAppPrivateKey"] }, got "tekton-promote"';

    expect(told(tektonStages, kept({ keys: ['token'] }))).toEqual([message]);
    expect(told(tektonStages, kept({ namespace: 'shop-tools' }))).toEqual([message]);
    expect(told(courseReferences, promotedByRuns({ write: { ...write, credential: 'nobodys' } })).join('\n')).toMatch(
      /^stages\.dev\.write\.credential: .*"nobodys"/,
    );
  });

  test('fails for a name that Tekton cuts off', () => {
    expect(found({ name: 'd'.repeat(60) })).toEqual([
      `stages.${'d'.repeat(60)}.name: makes the name orders-promote-${'d'.repeat(60)}, and Tekton takes 63 characters at most; shorten it, got "${'d'.repeat(60)}"`,
    ]);
  });

  test('fails for repositories of two servers, and without a program', () => {
    const delivery = promotedByRuns();

    expect(
      told(tektonStages, {
        ...delivery,
        repositories: delivery.repositories.map((it) =>
          it.name === 'shop-ops' ? { ...it, url: 'https://git.example.com/acme/shop-ops.git' } : it,
        ),
      }),
    ).toEqual([
      'repositories.shop-ops.url: must be an address of https://github.com that begins with https://, because the run that promotes to dev fetches everything with one login, got "https://git.example.com/acme/shop-ops.git"',
    ]);
    expect(
      told(tektonStages, {
        ...delivery,
        repositories: delivery.repositories.map((it) => ({
          ...it,
          holds: it.holds.filter((role) => role !== 'program'),
        })),
      }),
    ).toEqual([
      'repositories: must have one that holds the program, which the run that promotes to dev fetches; write holds: ["program"]',
    ]);
  });
});
