import { describe, expect, test } from '@jest/globals';
import type { Relation } from '../../../src/ops/program/ancestry.ts';
import type { UnknownCause } from '../../../src/ops/program/unknown-cause.ts';
import type { Program } from '../../../src/ops/program/program.ts';
import {
  programRecord,
  refuseOlderProgram,
  refuseUnmerged,
  unknownWords,
  wayToNewer,
} from '../../../src/ops/program/refuse-program.ts';

const [here, there, main] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];

/** A program at a commit, where every commit stands to every other as is said. */
const programAt = (
  relation: Relation | ((a: string, b: string) => Relation),
  more: Partial<Program> = {},
): Program => ({
  commit: here,
  uncommitted: false,
  merged: true,
  ancestry: { relate: (a, b) => Promise.resolve(typeof relation === 'string' ? relation : relation(a, b)) },
  ...more,
});
const nowhere = (relation: Relation): Program => {
  const { commit: _, ...program } = programAt(relation);
  return program;
};
const reviewed = { ref: 'origin/main', commit: main, checkOut: 'git checkout origin/main' };

test('a program is on record with its commit, and with what sets it apart from what others have', () => {
  expect(programRecord(programAt('same'))).toEqual({ commit: here });
  expect(programRecord(programAt('same', { merged: false }))).toEqual({ commit: here, unmerged: true });
  expect(programRecord(programAt('same', { uncommitted: true }))).toEqual({ commit: here, uncommitted: true });
  expect(programRecord({ ...nowhere('same'), merged: false })).toEqual({ unmerged: true });
});

describe('what nobody else can render', () => {
  const next = 'commit and merge first; --allow-unmerged writes all the same, and the release says so';
  const refused = (program: Program) => refuseUnmerged(program, false, {});

  test('passes on this machine, where it is allowed, and when it is merged', async () => {
    const lost: Program = { ...nowhere('same'), uncommitted: true, merged: false };

    expect(await refuseUnmerged(lost, true, {})).toEqual([]);
    expect(await refuseUnmerged(lost, false, { allowUnmerged: true })).toEqual([]);
    expect(await refused(programAt('same'))).toEqual([]);
  });

  test('fails with the first reason there is', async () => {
    expect(await refused({ ...nowhere('same'), uncommitted: true })).toEqual([
      { code: 'unmerged', what: 'the program is not in a Git repository, so nobody else could render the same', next },
    ]);
    expect(await refused(programAt('same', { uncommitted: true, merged: false }))).toEqual([
      { code: 'unmerged', what: 'the program has uncommitted changes', next },
    ]);
    expect(await refused(programAt('same', { merged: false }))).toEqual([
      {
        code: 'unmerged',
        what: "the program's commit aaaaaaaaaaaa is not on its default branch, as far as this clone knows",
        next,
      },
    ]);
  });

  test('fails with the cause, where one is known, and with what mends that', async () => {
    const because = (cause: { what: string; next: string } | undefined): Program =>
      programAt('same', { merged: false, whyUnmerged: () => Promise.resolve(cause) });

    expect(await refused(because({ what: 'the clone is behind', next: 'git fetch' }))).toEqual([
      {
        code: 'unmerged',
        what: 'the clone is behind',
        next: 'git fetch; --allow-unmerged writes all the same, and the release says so',
      },
    ]);
    expect((await refused(because(undefined))).map((refusal) => refusal.next)).toEqual([next]);
  });
});

describe('a program before the one that rendered the branch', () => {
  const refused = (program: Program) => refuseOlderProgram(program, { commit: there }, {});

  test('is none where it is the same or newer, where that one is not on record, and where it is allowed', async () => {
    for (const relation of ['same', 'newer'] as const) expect(await refused(programAt(relation))).toEqual([]);
    expect(await refuseOlderProgram(programAt('older'), {}, {})).toEqual([]);
    expect(await refuseOlderProgram(programAt('older'), { commit: there }, { allowOlderProgram: true })).toEqual([]);
    expect(await refuseOlderProgram(nowhere('older'), { commit: there }, { allowOlderProgram: true })).toEqual([]);
  });

  test('fails where it is older, beside it, or of no commit, with the way to a newer one', async () => {
    const next = 'check out a newer program, or write --allow-older-program';

    expect(await refused(programAt('older'))).toEqual([
      {
        code: 'older-program',
        what: 'this program, aaaaaaaaaaaa, is older than the one that rendered the branch, bbbbbbbbbbbb',
        next,
      },
    ]);
    expect(await refused(programAt('diverged'))).toEqual([
      {
        code: 'older-program',
        what: 'this program, aaaaaaaaaaaa, does not descend from the one that rendered the branch, bbbbbbbbbbbb',
        next,
      },
    ]);
    expect(await refused(nowhere('same'))).toEqual([
      {
        code: 'unknown-ancestry',
        what: 'the branch was rendered by program bbbbbbbbbbbb, and this program is not in a Git repository, so nobody knows which is newer',
        next,
      },
    ]);
  });

  test('fails where nobody knows, with the cause as far as the clone tells one', async () => {
    const [refusal] = await refused(programAt('unknown'));

    expect(refusal).toMatchObject({
      code: 'unknown-ancestry',
      what: "the program's commit bbbbbbbbbbbb, which rendered the branch, is not in this clone's history, so nobody knows which is newer; the clone may be shallow",
    });
    expect(refusal?.next).toMatch(/, or write --allow-older-program$/);
  });
});

describe('the way to a newer program', () => {
  test('is the default branch where that has the other, else a merge first', async () => {
    const having = programAt((a, b) => (a === there && b === main ? 'older' : 'unknown'), { reviewed });

    expect(await wayToNewer(programAt('older'), there)).toBe('check out a newer program');
    expect(await wayToNewer(having, there)).toBe('check out a newer program ("git checkout origin/main")');
    expect(await wayToNewer(programAt('same', { reviewed }), there)).toBe(
      'check out a newer program ("git checkout origin/main")',
    );
    expect(await wayToNewer(programAt('diverged', { reviewed }), there)).toBe(
      'merge bbbbbbbbbbbb, which origin/main does not have, and check that out',
    );
  });
});

test('unknown commits are told with their cause, where the clone has one, and what mends it', async () => {
  const asked: (readonly string[])[] = [];
  const because = (cause?: UnknownCause) =>
    unknownWords(
      {
        relate: () => Promise.resolve('unknown'),
        whyUnknown: (commits) => {
          asked.push(commits);
          return Promise.resolve(cause);
        },
      },
      [here, there],
    );

  expect(await because({ kind: 'behind', what: 'it is behind', next: 'git fetch' })).toEqual({
    what: '; it is behind',
    next: 'git fetch, or write ',
  });
  expect(await because({ kind: 'missing', what: 'nobody has it' })).toEqual({
    what: '; nobody has it',
    next: 'write ',
  });
  expect(await because()).toEqual({ what: '', next: 'write ' });
  expect(asked).toEqual([
    [here, there],
    [here, there],
    [here, there],
  ]);
  expect((await unknownWords({ relate: () => Promise.resolve('unknown') }, [here], 'that clone')).what).toBe(
    '; that clone may be shallow',
  );
});
