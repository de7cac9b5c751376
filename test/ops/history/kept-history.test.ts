import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { tellHistory, type KeptText, type ToldHistory } from '../../../src/ops/history/kept-history.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { writeReleaseRecord } from '../../../src/ops/release/write-release-record.ts';
import { openLocalRepository } from '../../../src/ops/repository/local-repository.ts';
import { bareRepository, commitByHand, gitIn } from '../../support/git.ts';
import fc from '../../support/properties.ts';
import { opsContext, build } from '../support/fake-ops.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import '../../support/patience.ts';

jest.setTimeout(300_000);

/** A place for a text, which counts how often something is put there. */
function place(): KeptText & { text: string | undefined; kept: number } {
  return {
    text: undefined,
    kept: 0,
    recall() {
      return this.text;
    },
    keep(text) {
      this.text = text;
      this.kept += 1;
    },
  };
}

const nowhere: KeptText = { recall: () => undefined, keep: () => undefined };

const branch = 'env/prod';

const record = (number: number, follows: string | undefined): ReleaseRecord => ({
  environment: 'prod',
  applications: { shop: { images: { orders: { repository: 'acme/orders', tag: `v${number}` } } } },
  program: {},
  origin: { kind: 'build' },
  change: {
    kind: 'promote',
    by: 'alice',
    at: new Date(Date.UTC(2026, 0, 31) + number * 60_000).toISOString().replace('.000', ''),
    ...(follows === undefined ? {} : { follows: { release: `v${number - 1}`, commit: follows } }),
  },
  holds: [],
});

/** What may become of a branch. */
const acts = ['state', 'state', 'state', 'torn', 'other', 'unreadable', 'gone', 'merge', 'back', 'squash'] as const;

function act(bare: string, what: (typeof acts)[number], number: number, before: string | undefined): string {
  const tip = gitIn(bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
  const state = (follows: string | undefined): string =>
    commitByHand(bare, branch, { 'release.yaml': writeReleaseRecord(record(number, follows)) });
  if (tip === '' || what === 'state') return state(before);
  if (what === 'torn') return state('1'.repeat(40));
  if (what === 'other') return commitByHand(bare, branch, { 'README.md': `${number}` });
  if (what === 'unreadable') return commitByHand(bare, branch, { 'release.yaml': `a: [${number}\n` });
  if (what === 'gone') return commitByHand(bare, branch, { 'release.yaml': null, other: `${number}` });
  const move = (to: string): string => {
    gitIn(bare, 'update-ref', `refs/heads/${branch}`, to);
    return to;
  };
  if (what === 'back')
    return move(gitIn(bare, 'rev-list', '--first-parent', '--max-count=2', tip).split('\n').at(-1) ?? tip);
  if (what === 'squash') return move(gitIn(bare, 'commit-tree', `${tip}^{tree}`, '-m', `All of it ${number}`));
  const side = state(before);
  return move(gitIn(bare, 'commit-tree', `${side}^{tree}`, '-p', tip, '-p', side, '-m', `Merge ${number}`));
}

describe('a history that is kept', () => {
  test('is the one that is read anew, whatever becomes of the branch in between', async () => {
    let asKept = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...acts), fc.boolean()), { minLength: 3, maxLength: 9 }),
        fc.record({ most: fc.option(fc.integer({ min: 1, max: 3 })), since: fc.option(fc.nat(9)) }),
        async (steps, { most, since }) => {
          const bare = bareRepository();
          const repository = await openLocalRepository({ path: bare });
          const kept = place();
          const tips: string[] = [];
          for (const [i, [what, isAsked]] of steps.entries()) {
            tips.push(act(bare, what, i + 1, tips.at(-1)));
            if (!isAsked) continue;
            const was = kept.kept;
            const tip = tips[(i * 7) % tips.length] ?? '';
            for (const asked of [tip, tips.at(-1) ?? '']) {
              const limits = {
                ...(most === null ? {} : { most }),
                ...(since === null ? {} : { since: new Date(Date.UTC(2026, 0, 31) + since * 60_000) }),
              };
              for (const options of [{}, limits])
                expect(await tellHistory(repository, asked, options, kept)).toEqual(
                  await tellHistory(repository, asked, options, nowhere),
                );
            }
            if (kept.kept > was) asKept += 1;
          }
        },
      ),
      { numRuns: 14 },
    );

    expect(asKept).toBeGreaterThan(5);
  });

  test('is gone on with by what came since alone', async () => {
    const context = await opsContext();
    const first = await promote(context, build(1));
    const kept = place();
    const told = await tellHistory(context.repository, first.commit, {}, kept);
    const marked = JSON.parse(kept.text ?? '') as { lines: { by: string }[] };
    marked.lines.forEach((line) => (line.by = 'as it was kept'));
    kept.text = JSON.stringify(marked);
    await promote(context, build(2));
    const last = await hold(context, { environment: 'dev', reason: 'wait' });

    const { lines }: ToldHistory = await tellHistory(context.repository, last.commit, {}, kept);

    expect(told.lines.map(({ by }) => by)).toEqual(told.lines.map(() => 'alice'));
    expect(lines.map(({ by }) => by)).toEqual(['alice', 'alice', ...told.lines.map(() => 'as it was kept')]);
    expect(lines.map(({ change }) => change).slice(0, 2)).toEqual(['hold', 'promote']);
    expect((await tellHistory(context.repository, last.commit, {}, kept)).lines).toEqual(lines);
    expect(kept.kept).toBe(2);
  });

  test.each([
    [
      'was cut off',
      (bare: string, first: string) => {
        writeFileSync(join(bare, 'shallow'), `${first}\n`);
      },
    ],
    ['has a replaced commit', (bare: string, first: string) => gitIn(bare, 'replace', '--graft', first)],
    [
      'has one in its packed refs',
      (bare: string, first: string) => {
        gitIn(bare, 'replace', '--graft', first);
        gitIn(bare, 'pack-refs', '--all');
      },
    ],
  ])('is neither kept nor believed in a repository that %s', async (_, change) => {
    const bare = bareRepository();
    const repository = await openLocalRepository({ path: bare });
    const first = act(bare, 'state', 1, undefined);
    const second = act(bare, 'state', 2, first);
    const kept = place();
    await tellHistory(repository, second, {}, kept);
    change(bare, second);

    expect((await tellHistory(repository, second, {}, kept)).lines).toHaveLength(1);
    expect(kept.kept).toBe(1);
  });

  test('is read anew where its commit is no more', async () => {
    const bare = bareRepository();
    const repository = await openLocalRepository({ path: bare });
    const tip = act(bare, 'state', 1, undefined);
    const kept = place();
    await tellHistory(repository, tip, {}, kept);
    kept.text = kept.text?.replaceAll(tip, '2'.repeat(40));

    expect((await tellHistory(repository, tip, {}, kept)).lines).toMatchObject([{ commit: tip }]);
  });
});
