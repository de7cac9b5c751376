import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../src/model/delivery.ts';
import { describeHistory } from '../../../src/cli/words/describe-history.ts';
import { historyLine } from '../../../src/ops/history/history-line.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { gitIn } from '../../support/git.ts';
import { build, opsContext, sourceCommit } from '../support/fake-ops.ts';
import { chartRender, madeUpPromoter, movedTo, promoter, pushFiles } from '../support/made-up-promoter.ts';

const moved = sourceCommit(7);
const source = 'c'.repeat(40);
const image = `acme/orders:${moved}`;

type World = OpsContext & { readonly bare: string };

/** What was promoted by this program before, from a source that is on record. */
async function promoted(): Promise<World> {
  const context = await opsContext({ render: chartRender(1), promoterOf: () => madeUpPromoter });
  await publish(context, { environment: 'dev' });
  await promote(context, build(3));
  return context;
}

/** Moves the version of an artifact, with these lines in the message. */
const move = (bare: string, lines: readonly string[], tag = moved): Promise<string> =>
  pushFiles(
    bare,
    'env/dev',
    promoter,
    (files) => movedTo(files, 'orders', tag),
    `orders ${tag.slice(0, 12)}\n\nRun: made up\n${lines.map((line) => `${line}\n`).join('')}`,
  );

const statusOf = async (context: World) =>
  (await readStatus(context, [environmentOf(context.delivery, 'dev')]))[0]?.published;

/** The sources of each state of a branch, the newest first. */
async function sourcesOf({ repository, bare }: World): Promise<readonly (readonly string[] | undefined)[]> {
  const { entries } = await readHistory(repository, gitIn(bare, 'rev-parse', 'env/dev'));
  return entries.map((entry) => historyLine(entry).sources);
}

describe('the source of what somebody else moved', () => {
  test('is the commit that its message names for the very image, in the status and in the history', async () => {
    const context = await promoted();
    await move(context.bare, [`Source-Commit: ${source} (${image})`]);
    const status = await statusOf(context);

    expect(status?.source).toBe(source);
    expect(status?.release).toContain(moved);
    expect((await sourcesOf(context)).slice(0, 2)).toEqual([[source], [sourceCommit(3)]]);
    const { entries } = await readHistory(context.repository, gitIn(context.bare, 'rev-parse', 'env/dev'));
    expect(describeHistory(historyLine(entries[0]!))).toContain('built from cccccccccccc');
  });

  test.each<[string, readonly string[]]>([
    ['nothing', []],
    ['it of another image', [`Source-Commit: ${source} (acme/orders:v0)`]],
    ['it of no image', [`Source-Commit: ${source}`]],
    ['half a commit', [`Source-Commit: ${source.slice(0, 12)} (${image})`]],
    ['two of one image', [`Source-Commit: ${source} (${image})`, `Source-Commit: ${'d'.repeat(40)} (${image})`]],
  ])('fails to be known where the message says %s, and is never that of the release before', async (_what, lines) => {
    const context = await promoted();
    await move(context.bare, lines);

    expect(await statusOf(context)).not.toHaveProperty('source');
    expect((await sourcesOf(context)).slice(0, 2)).toEqual([undefined, [sourceCommit(3)]]);
  });

  test('is known still when the move is on record, and when a rollback brought it back', async () => {
    const context = await promoted();
    const commit = await move(context.bare, [`Source-Commit: ${source} (${image})`]);
    await hold(context, { environment: 'dev', reason: 'wait' });
    expect((await statusOf(context))?.source).toBe(source);

    await unhold(context, { environment: 'dev' });
    await promote(context, build(8));
    expect((await statusOf(context))?.source).toBe(sourceCommit(8));
    await rollback(context, { environment: 'dev', to: commit });
    expect((await statusOf(context))?.source).toBe(source);
  });

  test('is read from what a pull request brought, whatever its merge is called', async () => {
    const context = await promoted();
    const base = gitIn(context.bare, 'rev-parse', 'env/dev');
    const head = await move(context.bare, [`Source-Commit: ${source} (${image})`]);
    const merge = gitIn(
      context.bare,
      '-c',
      'user.name=Bob',
      '-c',
      'user.email=bob@acme.example',
      'commit-tree',
      `${head}^{tree}`,
      '-p',
      base,
      '-p',
      head,
      '-m',
      'Merge pull request #1',
    );
    gitIn(context.bare, 'update-ref', 'refs/heads/env/dev', merge);

    expect(await statusOf(context)).toMatchObject({ source, moved: { commit: merge } });
    expect((await sourcesOf(context))[0]).toEqual([source]);
  });

  test('is one for each artifact where they are of several', async () => {
    const context = await promoted();
    await pushFiles(
      context.bare,
      'env/dev',
      promoter,
      (files) => {
        const orders = movedTo(files, 'orders', moved);
        return new Map([...orders, ...movedTo(new Map([...files, ...orders]), 'payments', moved)]);
      },
      `both\n\nSource-Commit: ${source} (${image})\nSource-Commit: ${'d'.repeat(40)} (acme/payments:${moved})\n`,
    );

    expect((await statusOf(context))?.sources).toEqual({ orders: source, payments: 'd'.repeat(40) });
    expect((await sourcesOf(context))[0]).toEqual([source, 'd'.repeat(40)]);
  });
});
