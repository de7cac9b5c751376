import type { Refusal } from '../ops-error.ts';
import type { ProgramRecord } from '../release/release-record.ts';
import type { Ancestry } from './ancestry.ts';
import { wholeHistory } from './clone.ts';
import type { Program } from './program.ts';

/** What a person may allow a program to do. */
export interface ProgramAllowances {
  /** Whether a program may write that has uncommitted changes or is not on its default branch. @default false */
  readonly allowUnmerged?: boolean;
  /** Whether an older program may render what a newer one rendered. @default false */
  readonly allowOlderProgram?: boolean;
}

/** What a program is on record as. */
export const programRecord = (program: Program): ProgramRecord => ({
  ...(program.commit === undefined ? {} : { commit: program.commit }),
  ...(program.merged ? {} : { unmerged: true }),
  ...(program.uncommitted ? { uncommitted: true } : {}),
});

/** Refuses to let others run what nobody else can render: uncommitted changes, or a commit off the default branch. */
export async function refuseUnmerged(
  program: Program,
  isLocal: boolean,
  { allowUnmerged = false }: ProgramAllowances,
): Promise<readonly Refusal[]> {
  if (isLocal || allowUnmerged) return [];
  const next = 'commit and merge first; --allow-unmerged writes all the same, and the release says so';
  if (program.commit === undefined)
    return [
      { code: 'unmerged', what: 'the program is not in a Git repository, so nobody else could render the same', next },
    ];
  if (program.uncommitted) return [{ code: 'unmerged', what: 'the program has uncommitted changes', next }];
  if (program.merged) return [];
  const cause = await program.whyUnmerged?.();
  if (cause !== undefined)
    return [
      {
        code: 'unmerged',
        what: cause.what,
        next: `${cause.next}; --allow-unmerged writes all the same, and the release says so`,
      },
    ];
  return [
    {
      code: 'unmerged',
      what: `the program's commit ${program.commit.slice(0, 12)} is not on its default branch, as far as this clone knows`,
      next,
    },
  ];
}

/** Refuses to let an older program render again what a newer one rendered. */
export async function refuseOlderProgram(
  program: Program,
  recorded: ProgramRecord,
  { allowOlderProgram = false }: ProgramAllowances,
): Promise<readonly Refusal[]> {
  if (allowOlderProgram || recorded.commit === undefined) return [];
  const here = program.commit;
  const there = recorded.commit.slice(0, 12);
  const next = 'check out a newer program, or write --allow-older-program';
  const newer = async (): Promise<string> =>
    `${await wayToNewer(program, recorded.commit)}, or write --allow-older-program`;
  if (here === undefined)
    return [
      {
        code: 'unknown-ancestry',
        what: `the branch was rendered by program ${there}, and this program is not in a Git repository, so nobody knows which is newer`,
        next,
      },
    ];
  const relation = await program.ancestry.relate(here, recorded.commit);
  switch (relation) {
    case 'same':
    case 'newer':
      return [];
    case 'older':
      return [
        {
          code: 'older-program',
          what: `this program, ${here.slice(0, 12)}, is older than the one that rendered the branch, ${there}`,
          next: await newer(),
        },
      ];
    case 'diverged':
      return [
        {
          code: 'older-program',
          what: `this program, ${here.slice(0, 12)}, does not descend from the one that rendered the branch, ${there}`,
          next: await newer(),
        },
      ];
    case 'unknown':
      return [await unknownProgram(program, recorded.commit, there)];
  }
}

/** How to get a program that may render what another one rendered: the default branch where it has that one, else after a merge. */
export async function wayToNewer({ ancestry, reviewed }: Program, commit = ''): Promise<string> {
  if (reviewed === undefined) return 'check out a newer program';
  const relation = await ancestry.relate(commit, reviewed.commit);
  return relation === 'same' || relation === 'older'
    ? `check out a newer program ("${reviewed.checkOut}")`
    : `merge ${commit.slice(0, 12)}, which ${reviewed.ref} does not have, and check that out`;
}

async function unknownProgram({ ancestry }: Program, commit: string, there: string): Promise<Refusal> {
  const { what, next } = await unknownWords(ancestry, [commit]);
  return {
    code: 'unknown-ancestry',
    what: `the program's commit ${there}, which rendered the branch, is not in this clone's history, so nobody knows which is newer${what}`,
    next: `${next}--allow-older-program`,
  };
}

/**
 * Why the place of commits in the history is unknown, and what to type before the option that goes on all the same.
 *
 * @param clone - what the clone is called where nobody knows why
 * @param elsewhere - what else may help where nothing is known that does, with what joins it to the option @default - nothing does
 */
export async function unknownWords(
  ancestry: Ancestry,
  commits: readonly string[],
  clone = 'the clone',
  elsewhere = '',
): Promise<{ readonly what: string; readonly next: string }> {
  if (ancestry.whyUnknown === undefined)
    return {
      what: `; ${clone} may be shallow`,
      next: `${wholeHistory()}, or write `,
    };
  const cause = await ancestry.whyUnknown(commits);
  return {
    what: cause === undefined ? '' : `; ${cause.what}`,
    next: cause?.next === undefined ? `${elsewhere}write ` : `${cause.next}, or write `,
  };
}
