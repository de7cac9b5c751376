import { describe, expect, test } from '@jest/globals';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { filesOf, gitIn } from '../../support/git.ts';
import { build, opsContext, program, recordOf, refusal, sourceCommit } from '../support/fake-ops.ts';
import {
  called,
  chartRender,
  madeUpPromoter,
  movedTo,
  person,
  promoter,
  pushFiles,
} from '../support/made-up-promoter.ts';

const moved = sourceCommit(7);

async function published(change: Partial<OpsContext> = {}): Promise<OpsContext & { readonly bare: string }> {
  const context = await opsContext({ render: chartRender(1), promoterOf: () => madeUpPromoter, ...change });
  await publish(context, { environment: 'dev' });
  return context;
}

const move = (bare: string, tag: string, where?: RegExp, by = promoter): Promise<string> =>
  pushFiles(bare, 'env/dev', by, (files) => movedTo(files, 'orders', tag, where));

/** What a branch says of itself: release ids and who brought them, newest first. */
async function historyOf(context: OpsContext & { readonly bare: string }): Promise<readonly string[]> {
  const { entries, unreadable } = await readHistory(context.repository, gitIn(context.bare, 'rev-parse', 'env/dev'));
  expect(unreadable).toEqual([]);
  return entries.map(
    ({ record }) =>
      `${record.change.kind} ${record.applications['shop']?.images['orders']?.tag.slice(0, 12) ?? ''} by ${record.change.by}`,
  );
}

const statusOf = async (context: OpsContext): Promise<Awaited<ReturnType<typeof readStatus>>[number]['published']> =>
  (await readStatus(context, [environmentOf(context.delivery, 'dev')]))[0]?.published;

describe('a branch whose fields somebody else moves', () => {
  test('says in its index which fields these are, of files that are no objects too, and is as it was without such a promoter', async () => {
    const context = await published();
    const without = await opsContext({ render: chartRender(1) });
    await publish(without, { environment: 'dev' });
    const index = filesOf(context.bare, 'env/dev').get('index.json') ?? '';
    const plain = filesOf(without.bare, 'env/dev').get('index.json') ?? '';

    expect(index).toContain('"apiVersion": "portolan/v2"');
    expect(index).toContain(
      '"manifests/shop/values.yaml": [{"kind":"value","artifact":"orders","path":["orders","tag"],"carries":"tag"},',
    );
    expect(plain).toContain('"apiVersion": "portolan/v1"');
    expect(plain).not.toContain('"fields"');
    expect(plain).toContain('"images":["acme/orders","acme/payments"]');
  });

  test('runs what its fields say, by whoever committed it, and release.yaml stays', async () => {
    const context = await published();
    const commit = await move(context.bare, moved);
    const status = await statusOf(context);

    expect(status).toMatchObject({ by: called(promoter), moved: { by: called(promoter), commit }, edits: [], commit });
    expect(status?.rendering).toEqual({ differing: [] });
    expect(status?.release).toContain(moved);
    expect(status?.source).toBeUndefined();
    expect(recordOf(context.bare, 'dev').applications['shop']?.images['orders']?.tag).not.toBe(moved);
    expect(await historyOf(context)).toEqual([
      `moved ${moved.slice(0, 12)} by ${called(promoter)}`,
      'publish 4f2a9c1d7be0 by alice',
    ]);
  });

  test('is verified at the head of a pull request that moves fields, and fails for one that changes more', async () => {
    const context = await published();
    const base = gitIn(context.bare, 'rev-parse', 'env/dev');
    const fields = await move(context.bare, moved);
    const more = await pushFiles(
      context.bare,
      'env/dev',
      promoter,
      (files) =>
        new Map(
          [...files]
            .filter(([path]) => path.endsWith('values.yaml'))
            .map(([path, text]) => [path, `${text}extra: true\n`]),
        ),
    );
    gitIn(context.bare, 'update-ref', 'refs/heads/env/dev', base);

    expect(await verify(context, { environment: 'dev', revision: fields })).toMatchObject({
      differing: [],
      commit: fields,
    });
    expect(await verify(context, { environment: 'dev', revision: more })).toMatchObject({
      differing: ['manifests/shop/values.yaml'],
    });
  });

  test('takes a value in whatever quotes, and leaves them there', async () => {
    const context = await published();
    await pushFiles(
      context.bare,
      'env/dev',
      promoter,
      (files) =>
        new Map(
          [...movedTo(files, 'orders', moved)].map(([path, text]) => [
            path,
            text.replace(`tag: ${moved}`, `tag: "${moved}"`),
          ]),
        ),
    );

    expect((await statusOf(context))?.rendering).toEqual({ differing: [] });
    expect((await publish(context, { environment: 'dev' })).outcome).toBe('unchanged');
    expect(filesOf(context.bare, 'env/dev').get('manifests/shop/values.yaml')).toContain(`tag: "${moved}"`);
  });

  test('has the move on record with the next write, whoever makes it, and no commit of the source before', async () => {
    const context = await published();
    await promote(context, build(3));
    const commit = await move(context.bare, moved);
    await hold(context, { environment: 'dev', reason: 'wait' });
    const record = recordOf(context.bare, 'dev');

    expect(record).toMatchObject({
      origin: { kind: 'moved', by: called(promoter), commit },
      change: { kind: 'hold', by: 'alice', follows: { commit } },
    });
    expect(record.applications['shop']?.images['orders']?.tag).toBe(moved);
    expect(record.applications['shop']?.source).toBeUndefined();
    expect(await historyOf(context)).toEqual([
      `hold ${moved.slice(0, 12)} by alice`,
      `moved ${moved.slice(0, 12)} by ${called(promoter)}`,
      `promote ${sourceCommit(3).slice(0, 12)} by alice`,
      'publish 4f2a9c1d7be0 by alice',
    ]);
  });

  test('says that it moved although it is held: no hold binds who moves fields', async () => {
    const context = await published();
    await hold(context, { environment: 'dev', reason: 'wait' });
    await move(context.bare, moved);

    expect(await statusOf(context)).toMatchObject({ moved: { by: called(promoter) }, holds: [{ reason: 'wait' }] });
    expect((await unhold(context, { environment: 'dev' })).outcome).toBe('updated');
    expect((await statusOf(context))?.moved).toBeUndefined();
  });

  test('goes back from a move to what ran before, and from there to the move, byte for byte', async () => {
    const context = await published();
    const before = filesOf(context.bare, 'env/dev');
    const commit = await move(context.bare, moved);
    const after = filesOf(context.bare, 'env/dev');
    const manifests = (files: ReadonlyMap<string, string>): unknown =>
      [...files].filter(([path]) => path.startsWith('manifests/'));

    await rollback(context, { environment: 'dev' });
    expect(manifests(filesOf(context.bare, 'env/dev'))).toEqual(manifests(before));
    expect(recordOf(context.bare, 'dev').holds).toMatchObject([{ of: { commit } }]);

    await rollback(context, { environment: 'dev', to: commit });
    expect(manifests(filesOf(context.bare, 'env/dev'))).toEqual(manifests(after));
    expect(recordOf(context.bare, 'dev').applications['shop']?.images['orders']?.tag).toBe(moved);
    expect(recordOf(context.bare, 'dev').holds).toMatchObject([
      { of: { release: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd' } },
    ]);
  });

  test('does not go back by accident: what was moved is what a promotion has to be newer than', async () => {
    const context = await published();
    await pushFiles(context.bare, 'env/dev', promoter, (files) => {
      const orders = movedTo(files, 'orders', sourceCommit(7));
      return movedTo(new Map([...files, ...orders]), 'payments', sourceCommit(7));
    });

    expect((await promote(context, build(6))).outcome).toBe('superseded');
    expect((await promote(context, build(8))).outcome).toBe('updated');
    expect(filesOf(context.bare, 'env/dev').get('index.json')).toContain('"apiVersion": "portolan/v2"');
  });

  test('fails for a field that moved alone: it is an edit, by file and author', async () => {
    const context = await published();
    const commit = await move(context.bare, moved, /values/, person);
    const message = await refusal(
      publish({ ...context, render: chartRender(2), program: program(2) }, { environment: 'dev' }),
    );

    expect((await statusOf(context))?.release).toBe('4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd');
    expect(message).toContain('a file was edited by hand');
    expect(message).toContain(
      `manifests/shop/values.yaml: version moved in ${commit.slice(0, 12)} by ${called(person)}`,
    );
  });

  test.each([
    ['another repository', /acme\/orders:\S+/, 'evil/orders:v9'],
    ['a value that is no version', /acme\/orders:\S+/, 'acme/orders:no!version'],
    ['no version at all', /acme\/orders:\S+/, 'acme/orders'],
    ['a second field beside it', /$/, '\n    - image: acme/orders:v9\n'],
  ])('fails for %s in a field: the release stays, and the file is an edit', async (_what, from, to) => {
    const context = await published();
    await pushFiles(context.bare, 'env/dev', promoter, (files) => {
      const path = 'manifests/shop/deployment.yaml';
      return new Map([
        ...movedTo(files, 'orders', 'v9', /chart|values/),
        [path, (files.get(path) ?? '').replace(from, to)],
      ]);
    });
    const status = await statusOf(context);

    expect(status?.release).toBe('4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd');
    expect(status?.edits.map(({ path }) => path)).toContain('manifests/shop/deployment.yaml');
  });

  test('fails for what comes along with a move, and names who did it, not who moved since', async () => {
    const context = await published();
    const path = 'manifests/shop/deployment.yaml';
    const edit = await pushFiles(
      context.bare,
      'env/dev',
      person,
      (files) => new Map([[path, (files.get(path) ?? '').replace('level-1', 'level-9')]]),
    );
    await move(context.bare, moved);
    const status = await statusOf(context);

    expect(status?.release).toContain(moved);
    expect(status?.edits).toMatchObject([{ path, what: 'changed', by: { commit: edit, author: called(person) } }]);
  });

  test('has its moves in the history after an edit of release.yaml that was taken back, and after another promoter took over', async () => {
    const context = await published();
    await move(context.bare, moved);
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    await pushFiles(
      context.bare,
      'env/dev',
      person,
      () => new Map([['release.yaml', text.replaceAll('alice', 'mallory')]]),
    );
    expect((await statusOf(context))?.release).toContain(moved);
    await pushFiles(context.bare, 'env/dev', person, () => new Map([['release.yaml', text]]));
    expect((await statusOf(context))?.release).toContain(moved);

    const { promoterOf: _, ...ours } = context;
    await publish(ours, { environment: 'dev' });
    expect(filesOf(context.bare, 'env/dev').get('index.json')).toContain('"apiVersion": "portolan/v2"');
    await promote(ours, build(9));

    expect(filesOf(context.bare, 'env/dev').get('index.json')).toContain('"apiVersion": "portolan/v1"');
    expect((await historyOf(context)).slice(0, 3)).toEqual([
      `promote ${sourceCommit(9).slice(0, 12)} by alice`,
      `publish ${moved.slice(0, 12)} by alice`,
      expect.stringMatching(/^publish|^moved/),
    ]);
    expect(await historyOf(context)).toContain(`moved ${moved.slice(0, 12)} by ${called(promoter)}`);
  });
});
