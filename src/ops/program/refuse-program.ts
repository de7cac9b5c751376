import type { Refusal } from '../ops-error.ts';
import type { ProgramRecord } from '../release/release-record.ts';
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
export function refuseUnmerged(
  program: Program,
  isLocal: boolean,
  { allowUnmerged = false }: ProgramAllowances,
): readonly Refusal[] {
  if (isLocal || allowUnmerged) return [];
  const next = 'commit and merge first; --allow-unmerged writes all the same, and the release says so';
  if (program.commit === undefined)
    return [
      { code: 'unmerged', what: 'the program is not in a Git repository, so nobody else could render the same', next },
    ];
  if (program.uncommitted) return [{ code: 'unmerged', what: 'the program has uncommitted changes', next }];
  return program.merged
    ? []
    : [
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
          next,
        },
      ];
    case 'diverged':
      return [
        {
          code: 'older-program',
          what: `this program, ${here.slice(0, 12)}, does not descend from the one that rendered the branch, ${there}`,
          next,
        },
      ];
    case 'unknown':
      return [unknownAncestry(`the program's commit ${there}, which rendered the branch,`, '--allow-older-program')];
  }
}

/** The sentence for a commit whose place in the history cannot be known. */
export const unknownAncestry = (commit: string, allowance: string): Refusal => ({
  code: 'unknown-ancestry',
  what: `${commit} is not in this clone's history, so nobody knows which is newer; the clone may be shallow`,
  next: `fetch the whole history ("git fetch --unshallow", or fetch-depth: 0 in a workflow), or write ${allowance}`,
});
