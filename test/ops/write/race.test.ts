import { beforeAll, describe, expect, test } from '@jest/globals';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import { bareRepository, gitIn, temporaryFolder } from '../../support/git.ts';
import { expectWhole, isLinear } from '../support/branch-invariants.ts';
import { build, opsContext, sourceCommit } from '../support/fake-ops.ts';
import { bundleWriter, startWriter } from '../support/writer-process.ts';
import '../../support/patience.ts';

/** Releases of a branch, oldest first. */
async function releasesOf({ repository, bare }: OpsContext & { readonly bare: string }): Promise<readonly string[]> {
  const { entries } = await readHistory(repository, gitIn(bare, 'rev-parse', 'env/dev'));
  return entries.map(({ record }) => record.applications['shop']?.images['orders']?.tag ?? '').reverse();
}

let script = '';
beforeAll(async () => {
  script = await bundleWriter();
});

describe('twenty writers at once', () => {
  test('as processes: each lands or is superseded, history is linear, and the newest release is the tip', async () => {
    const context = await opsContext({ rendering: { level: 'level-1' } });
    const numbers = Array.from({ length: 20 }, (_, i) => ((i * 7) % 20) + 1);

    const ends = await Promise.all(numbers.map((release) => startWriter(script, { bare: context.bare, release }).end));

    expect(
      [...new Set(ends.map(({ outcome }) => outcome))].filter(
        (outcome) => !['created', 'updated', 'superseded'].includes(outcome),
      ),
    ).toEqual([]);
    const releases = await releasesOf(context);
    expect(releases.at(-1)).toBe(sourceCommit(20));
    expect(releases).toEqual([...releases].sort());
    expect(releases).toHaveLength(ends.filter(({ outcome }) => outcome !== 'superseded').length);
    expect(isLinear(context.bare)).toBe(true);
    await expectWhole(context);
  });

  test('of one release: one lands, and all others find it there', async () => {
    const context = await opsContext();

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        promote({ ...context, clock: () => new Date(Date.UTC(2026, 1, 1, 0, 0, i)) }, build(1)),
      ),
    );

    expect(results.map(({ outcome }) => outcome).sort()).toEqual([
      'created',
      ...Array.from({ length: 19 }, () => 'unchanged'),
    ]);
    expect(gitIn(context.bare, 'rev-list', '--count', 'env/dev')).toBe('1');
  });

  test('through a host: none is lost and none forced', async () => {
    const bare = bareRepository();
    const projectFolder = temporaryFolder();
    const contexts = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => ({
        ...(await opsContext({
          bare,
          repository: await openOpsRepository({
            projectFolder: i % 2 === 0 ? projectFolder : temporaryFolder(),
            address: `file://${bare}`,
          }),
        })),
      })),
    );
    gitIn(bare, 'config', 'receive.denyNonFastForwards', 'true');

    const results = await Promise.all(contexts.map((context, i) => promote(context, build(i + 1))));

    expect(results.every(({ outcome }) => ['created', 'updated', 'superseded'].includes(outcome))).toBe(true);
    await contexts[0]!.repository.refresh();
    expect((await releasesOf(contexts[0]!)).at(-1)).toBe(sourceCommit(6));
    expect(isLinear(bare)).toBe(true);
  });
});
