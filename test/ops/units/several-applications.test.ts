import { describe, expect, test } from '@jest/globals';
import { unitsOf } from '../../../src/model/derived/units.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { reviseProposals } from '../../../src/ops/proposals/revise-proposals.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { commitByHand, filesOf, gitIn } from '../../support/git.ts';
import { FakePullRequests } from '../support/fake-pull-requests.ts';
import { refusal, sourceCommit } from '../support/fake-ops.ts';
import { publishAll, recordOn, severalOps } from '../support/several-ops.ts';
import '../../support/patience.ts';

const tagOn = (bare: string, branch: string, image: string): string | undefined =>
  Object.values(recordOn(bare, branch).applications)[0]?.images[image]?.tag;

/** Options that promote a build of that commit to an application of `dev`. */
const build = (application: string, image: string, number: number): PromoteOptions => ({
  environment: 'dev',
  application,
  source: { kind: 'build', images: { [image]: `acme/${image}:${sourceCommit(number)}` } },
});

const tips = (context: OpsContext & { readonly bare: string }): Readonly<Record<string, string>> =>
  Object.fromEntries(
    unitsOf(context.delivery).map(({ branch }) => [
      branch,
      gitIn(context.bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`).trim(),
    ]),
  );

/** The branches that differ between two looks. */
const moved = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(after).filter((branch) => before[branch] !== after[branch]);

const released = async () => {
  const context = await severalOps();
  await publishAll(context, 'dev');
  return context;
};

describe('an environment with several applications', () => {
  test('has a branch of each, with what is its own, and one of what they share', async () => {
    const { bare } = await released();

    const folders = (branch: string): readonly string[] => [
      ...new Set([...filesOf(bare, branch).keys()].map((path) => path.replace(/\/[^/]*$/, ''))),
    ];
    expect(folders('app/dev/shop')).toEqual(['README.md', 'index.json', 'manifests/shop', 'release.yaml']);
    expect(folders('app/dev/bank')).toEqual(['README.md', 'index.json', 'manifests/bank', 'release.yaml']);
    expect(folders('env/dev')).toEqual(['README.md', 'bootstrap', 'index.json', 'release.yaml']);
    expect(recordOn(bare, 'env/dev').applications).toEqual({});
    expect(Object.keys(recordOn(bare, 'app/dev/audit').applications)).toEqual(['audit']);
    expect(filesOf(bare, 'app/dev/bank').get('README.md')).toContain('npx portolan rollback dev --application bank');
    expect(filesOf(bare, 'env/dev').get('README.md')).not.toContain('rollback');
  });

  test('is followed by an Argo CD Application for each, on its own branch', async () => {
    const { bare } = await released();

    const revisions = [...filesOf(bare, 'env/dev')].flatMap(([path, text]) =>
      path.includes('-application.') ? [/targetRevision: (.*)/.exec(text)?.[1]] : [],
    );
    expect(revisions.sort()).toEqual(['app/dev/audit', 'app/dev/bank', 'app/dev/shop']);
  });

  test('moves one of them with a promotion, and its rollback, hold and end of the hold', async () => {
    const context = await released();
    const bank = { environment: 'dev', application: 'bank' };
    for (const act of [
      () => promote(context, build('bank', 'payments', 1)),
      () => rollback(context, bank),
      () => unhold(context, bank),
      () => hold(context, { ...bank, reason: 'the sale is on' }),
    ]) {
      const before = tips(context);
      await act();
      expect(moved(before, tips(context))).toEqual(['app/dev/bank']);
    }
    expect(recordOn(context.bare, 'app/dev/bank').holds).toMatchObject([{ reason: 'the sale is on' }]);
    expect(recordOn(context.bare, 'app/dev/shop').holds).toEqual([]);
  });

  test('runs different versions of an artifact that two of them share', async () => {
    const context = await released();

    await promote(context, build('bank', 'payments', 1));
    await promote(context, build('audit', 'payments', 2));
    await publishAll(context, 'dev');

    expect(tagOn(context.bare, 'app/dev/bank', 'payments')).toBe(sourceCommit(1));
    expect(tagOn(context.bare, 'app/dev/audit', 'payments')).toBe(sourceCommit(2));
    const deployed = (branch: string): string =>
      [...filesOf(context.bare, branch)].find(([path]) => path.includes('/deployment.apps.'))?.[1] ?? '';
    expect(deployed('app/dev/bank')).toContain(`acme/payments:${sourceCommit(1)}`);
    expect(deployed('app/dev/audit')).toContain(`acme/payments:${sourceCommit(2)}`);
  });

  test('takes each from its own application of the environment before, through its own gate', async () => {
    const context = await released();
    await publishAll(context, 'qa');
    for (const branch of ['env/prod', 'app/prod/shop', 'app/prod/bank'])
      commitByHand(context.bare, branch, { 'README.md': '# first\n' });
    await context.repository.refresh();
    const pullRequests = new FakePullRequests(context.bare);
    const gated = { ...context, pullRequests };
    expect(await publishAll(gated, 'prod')).toEqual(['proposed', 'proposed', 'created', 'proposed']);
    for (const { number } of [...pullRequests.all]) pullRequests.merge(number);
    await context.repository.refresh();
    await promote(context, build('bank', 'payments', 1));
    const from = (environment: string, application: string) =>
      promote(gated, {
        environment: environment === 'dev' ? 'qa' : 'prod',
        application,
        source: { kind: 'environment', environment },
      });

    expect(await from('dev', 'bank')).toMatchObject({ outcome: 'updated', branch: 'app/qa/bank' });
    expect(await from('qa', 'bank')).toMatchObject({
      outcome: 'proposed',
      pullRequest: { head: 'promote/prod/bank/a00000000001', base: 'app/prod/bank' },
    });
    expect(await from('dev', 'audit')).toMatchObject({ outcome: 'unchanged' });
    expect(await from('qa', 'audit')).toMatchObject({ outcome: 'unchanged', branch: 'app/prod/audit' });
    expect(tagOn(context.bare, 'app/qa/shop', 'orders')).toBe(tagOn(context.bare, 'app/dev/shop', 'orders'));
  });

  test('keeps proposals apart: of two applications both may be at one commit, and one supersedes another of its own alone', async () => {
    const context = await released();
    const pullRequests = new FakePullRequests(context.bare);
    const gated = { ...context, pullRequests };
    const propose = (application: string, image: string, number: number) =>
      promote(gated, { ...build(application, image, number), pullRequest: true });

    await propose('bank', 'payments', 1);
    await propose('shop', 'orders', 1);
    await propose('audit', 'payments', 1);
    expect(pullRequests.open).toEqual([1, 2, 3]);
    await propose('bank', 'payments', 2);

    expect(pullRequests.open).toEqual([2, 3, 4]);
    expect(pullRequests.all.map(({ head }) => head)).toEqual([
      'promote/dev/bank/a00000000001',
      'promote/dev/shop/a00000000001',
      'promote/dev/audit/a00000000001',
      'promote/dev/bank/a00000000002',
    ]);
    pullRequests.merge(2);
    await context.repository.refresh();
    expect(await reviseProposals(gated, { environment: 'dev', application: 'bank' })).toMatchObject([
      { outcome: 'current' },
    ]);
  });

  test('has a status of each, and of what they share', async () => {
    const context = await released();
    await promote(context, build('bank', 'payments', 1));
    await publishAll(context, 'qa');

    const statuses = await readStatus(context, context.delivery.environments);

    expect(
      statuses.map(({ environment, application, branch, published, waiting }) => [
        environment,
        application ?? null,
        branch,
        published?.release ?? null,
        waiting.map((it) => `${it.environment}/${it.application ?? ''}: ${it.release}`),
      ]),
    ).toEqual([
      ['dev', null, 'env/dev', 'shared', []],
      ['dev', 'shop', 'app/dev/shop', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', []],
      ['dev', 'bank', 'app/dev/bank', 'a00000000001', []],
      ['dev', 'audit', 'app/dev/audit', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', []],
      ['qa', null, 'env/qa', 'shared', []],
      ['qa', 'shop', 'app/qa/shop', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', []],
      ['qa', 'bank', 'app/qa/bank', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', ['dev/bank: a00000000001']],
      ['qa', 'audit', 'app/qa/audit', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', []],
      ['prod', null, 'env/prod', null, []],
      ['prod', 'shop', 'app/prod/shop', null, ['qa/shop: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd']],
      ['prod', 'bank', 'app/prod/bank', null, ['qa/bank: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd']],
      ['prod', 'audit', 'app/prod/audit', null, ['qa/audit: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd']],
    ]);
    expect(statuses.flatMap(({ published }) => published?.edits ?? [])).toEqual([]);
    for (const { branch, published } of statuses.filter((status) => status.published !== undefined))
      expect([branch, published?.rendering]).toEqual([branch, { differing: [] }]);
  });

  test('is verified branch by branch: an edit in one is none of another', async () => {
    const context = await released();
    const [path = ''] = [...filesOf(context.bare, 'app/dev/bank').keys()].filter((it) => it.startsWith('manifests/'));
    commitByHand(context.bare, 'app/dev/bank', { [path]: 'kind: Edited\n' });
    await context.repository.refresh();

    const differing = async (application?: string): Promise<readonly string[]> =>
      (await verify(context, { environment: 'dev', ...(application === undefined ? {} : { application }) })).differing;
    expect(await differing('bank')).toEqual([path]);
    expect(await differing('shop')).toEqual([]);
    expect(await differing()).toEqual([]);
  });

  test('fails to change a release until the application is named, with those that there are', async () => {
    const context = await released();
    const next = 'dev has several applications\n    next: write --application with one of: shop, bank, audit';
    const { source } = build('bank', 'payments', 1);

    expect(await refusal(promote(context, { environment: 'dev', source }))).toBe(
      `portolan: dev was not promoted\n  ${next}`,
    );
    expect(await refusal(rollback(context, { environment: 'dev' }))).toBe(
      `portolan: dev was not rolled back\n  ${next}`,
    );
    expect(await refusal(hold(context, { environment: 'dev', reason: 'why not' }))).toBe(
      `portolan: dev was not held\n  ${next}`,
    );
    expect(await refusal(unhold(context, { environment: 'dev' }))).toBe(`portolan: dev was not let go\n  ${next}`);
    expect(await refusal(publish(context, { environment: 'dev', application: 'banc' }))).toBe(
      'portolan: dev was not published\n  dev has no application "banc"\n    next: write --application with one of: shop, bank, audit',
    );
  });

  test('fails to promote images of another application', async () => {
    const context = await released();

    expect(await refusal(promote(context, build('shop', 'payments', 1)))).toContain(
      '--image payments: is not a service of dev whose image a release sets; write one of: orders',
    );
  });

  test('fails to take a branch for that of another application', async () => {
    const context = await released();
    gitIn(context.bare, 'update-ref', 'refs/heads/app/dev/bank', 'refs/heads/app/dev/shop');
    await context.repository.refresh();

    expect(await refusal(publish(context, { environment: 'dev', application: 'bank' }))).toContain(
      'the branch app/dev/bank holds the application "shop"',
    );
  });
});
