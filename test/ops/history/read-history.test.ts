import { describe, expect, test } from '@jest/globals';
import { findState, whyNotVerified } from '../../../src/ops/history/find-state.ts';
import { historyLine } from '../../../src/ops/history/history-line.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { build, opsContext, programCommit, sourceCommit } from '../support/fake-ops.ts';
import '../../support/patience.ts';

describe('the history of an environment', () => {
  test('tells who brought what, when, with which program, and what was held', async () => {
    const context = await opsContext();
    const first = await publish(context, { environment: 'dev' });
    const second = await promote(
      {
        ...context,
        requester: { actor: 'ci', automatic: true, run: 'https://ci.example/7' },
        clock: () => new Date('2026-02-01T08:00:00Z'),
      },
      build(1),
    );
    const third = await hold(
      { ...context, clock: () => new Date('2026-02-02T08:00:00Z') },
      { environment: 'dev', reason: 'wait' },
    );

    const { entries, unreadable } = await readHistory(context.repository, third.commit);

    const program = programCommit(1);
    expect(unreadable).toEqual([]);
    expect(entries.map(historyLine)).toEqual([
      {
        commit: third.commit,
        at: '2026-02-02T08:00:00Z',
        change: 'hold',
        from: 'a00000000001',
        to: 'a00000000001',
        sources: [sourceCommit(1)],
        by: 'alice',
        automatic: false,
        program,
        origin: { kind: 'build' },
        holds: ['wait'],
      },
      {
        commit: second.commit,
        at: '2026-02-01T08:00:00Z',
        change: 'promote',
        from: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
        to: 'a00000000001',
        sources: [sourceCommit(1)],
        by: 'ci',
        automatic: true,
        run: 'https://ci.example/7',
        program,
        origin: { kind: 'build' },
        holds: [],
      },
      {
        commit: first.commit,
        at: '2026-01-31T12:00:00Z',
        change: 'publish',
        to: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
        by: 'alice',
        automatic: false,
        program,
        origin: { kind: 'initial' },
        holds: [],
      },
    ]);
    expect(
      (await readHistory(context.repository, third.commit, { since: new Date('2026-02-01T00:00:00Z') })).entries,
    ).toHaveLength(2);
    expect((await readHistory(context.repository, third.commit, { most: 1 })).entries).toHaveLength(1);
  });

  test('loses nothing when commits are squashed under another message', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const { commit } = await promote(context, build(2));
    const squashed = gitIn(context.bare, 'commit-tree', `${commit}^{tree}`, '-m', 'Some other words');

    expect((await readHistory(context.repository, squashed)).entries.map(historyLine)).toMatchObject([
      { change: 'promote', from: 'a00000000001', to: 'a00000000002' },
    ]);
  });

  test('goes on past a commit whose release cannot be read, and names it', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const broken = commitByHand(context.bare, 'env/dev', { 'release.yaml': 'a: [\n' });

    const { entries, unreadable } = await readHistory(context.repository, broken);

    expect(entries).toHaveLength(1);
    expect(unreadable).toMatchObject([
      { commit: broken, why: expect.stringContaining(`${broken.slice(0, 12)}:release.yaml`) },
    ]);
  });

  test('finds a state by release id, ops commit and source commit, newest first, and by nothing shorter than seven digits', async () => {
    const context = await opsContext();
    const one = await promote(context, build(1));
    const two = await promote(context, build(2));
    const { entries } = await readHistory(context.repository, two.commit);
    const find = (name: string): string | undefined => findState(entries, name)?.commit;

    expect([
      find('a00000000001'),
      find(one.commit.slice(0, 7)),
      find(sourceCommit(1)),
      find(sourceCommit(2).slice(0, 20)),
    ]).toEqual([one.commit, one.commit, one.commit, two.commit]);
    expect([find('a'), find('a0000'), find('v1'), find('')]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('says of the release that was rolled back alone that it was, and not of another one that ran before it', async () => {
    const context = await opsContext();
    const before = await publish(context, { environment: 'dev' });
    const good = await promote(context, build(1));
    const bad = await promote(context, build(2));
    const back = await rollback(context, { environment: 'dev', reason: 'orders fail' });
    const { entries } = await readHistory(context.repository, back.commit);
    const why = (commit: string | undefined): string | undefined =>
      whyNotVerified(
        entries,
        entries.find((entry) => entry.commit === commit)!,
      );

    expect(why(bad.commit)).toBe(`it was rolled back there in ${back.commit.slice(0, 12)} by alice`);
    expect([why(before.commit), why(good.commit)]).toEqual([undefined, undefined]);
  });
});
