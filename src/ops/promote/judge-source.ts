import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { differsThere } from '../branch/branch-difference.ts';
import { readBranch } from '../branch/branch-state.ts';
import { editsOf } from '../branch/find-edits.ts';
import { describeEdits } from '../branch/refuse-edits.ts';
import { readFileAt } from '../git/read-blobs.ts';
import type { HistoryEntry } from '../history/read-history.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { wayToNewer } from '../program/refuse-program.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, wholeRelease } from '../release/release-record.ts';
import { isWhole } from '../release/known-state.ts';
import { ProblemsError } from '../../model/problem.ts';

/**
 * Refuses to take a release from a branch that somebody edited: what runs there is not what is recorded, so nobody verified it.
 *
 * @throws OpsError with the files, as for an environment that is written to
 */
export async function refuseEditedSource(context: OpsContext, unit: Unit, tip: string, failed: string): Promise<void> {
  const state = await readBranch(context.repository, context.delivery, unit, tip);
  if (state.kind !== 'ours') return;
  const edits = await editsOf(context.repository, state);
  if (edits.length === 0) return;
  const { code, what } = describeEdits(edits, state.damage?.line);
  throw new OpsError(failed, [
    {
      code,
      what: `what runs in ${nameOf(unit)} is not what its release says, so nobody verified the release: ${what}`,
      next: `npx portolan publish ${typed(unit)} --discard-edits, then wait until it is healthy`,
    },
  ]);
}

/** Chooses among the states of a branch; one whose files were edited in that very commit is no state to take. */
export async function chooseWhole(
  { repository }: Pick<OpsContext, 'repository'>,
  entries: readonly HistoryEntry[],
  choose: (entries: readonly HistoryEntry[]) => HistoryEntry | undefined,
): Promise<HistoryEntry | undefined> {
  let left = entries;
  for (;;) {
    const chosen = choose(left);
    if (chosen === undefined || (await isWhole(repository.gitDir, chosen.commit))) return chosen;
    left = left.filter((entry) => entry !== chosen);
  }
}

const MOST_PATHS = 10;

/** A program that renders the source otherwise would take more to the target than the release. */
export async function refuseOtherProgram(
  context: OpsContext,
  target: Unit,
  { unit, state }: { readonly unit: Unit; readonly state: HistoryEntry },
  failed: string,
): Promise<void> {
  context.onStep?.({ name: 'render', environment: unit.environment });
  const branch = await readBranch(context.repository, context.delivery, unit, state.commit);
  const { files } = await context.render(unit, wholeRelease(state.record.applications));
  if (branch.kind !== 'ours') return;
  const differing = [
    ...[...files]
      .filter(([path, text]) => !branch.tree.has(path) || differsThere(branch, path, text))
      .map(([path]) => path),
    ...Object.keys(branch.index.objects).filter((path) => !files.has(path)),
  ].sort();
  if (differing.length === 0) return;
  const more = differing.length > MOST_PATHS ? [`and ${differing.length - MOST_PATHS} more`] : [];
  const program = state.record.program.commit?.slice(0, 12) ?? 'another program';
  throw new OpsError(failed, [
    {
      code: 'not-reproduced',
      what: [
        `this program does not render ${state.release} in ${nameOf(unit)} as its branch has it at ${state.commit.slice(0, 12)}, by ${program}`,
        ...differing.slice(0, MOST_PATHS),
        ...more,
      ].join('\n'),
      next: await waysOn(context, target, { unit, state }),
    },
  ]);
}

/** What leads on from a source that another program rendered; nothing that would be refused when it is done. */
async function waysOn(
  context: OpsContext,
  target: Unit,
  { unit, state }: { readonly unit: Unit; readonly state: HistoryEntry },
): Promise<string> {
  const { program } = context;
  const { commit: other, unmerged, uncommitted } = state.record.program;
  const relation =
    other === undefined || program.commit === undefined
      ? 'newer'
      : await program.ancestry.relate(program.commit, other);
  // Who has a commit can tell how it stands to any other that is there, itself included.
  const isHere = other !== undefined && relation !== 'unknown';
  const isFit = isHere && unmerged !== true && uncommitted !== true && !(await isNewerThere(context, target, state));
  const ways = [
    ...(relation === 'newer' || relation === 'same' ? [`publish ${typed(unit)} first`] : []),
    ...(isFit ? [`check out ${other.slice(0, 12)}`] : []),
    ...(relation === 'older' || (relation === 'diverged' && !isFit) ? [await wayToNewer(program, other)] : []),
    ...(relation === 'unknown' && other !== undefined
      ? [(await program.ancestry.whyUnknown?.([other]))?.next ?? ''].filter((next) => next !== '')
      : []),
  ];
  return [ways.join(', or '), '--program HEAD promotes with this program all the same']
    .filter((text) => text !== '')
    .join('; ');
}

/** Whether the target was rendered by a newer program than that of a state, which would refuse that program. */
async function isNewerThere({ repository, program }: OpsContext, target: Unit, state: HistoryEntry): Promise<boolean> {
  const tip = await repository.tip(target.branch);
  const text = tip === undefined ? undefined : await readFileAt(repository.gitDir, tip, RELEASE_FILE);
  const [there, here] = [text === undefined ? undefined : recorded(text), state.record.program.commit];
  return (
    there !== undefined && here !== undefined && !['same', 'newer'].includes(await program.ancestry.relate(here, there))
  );
}

function recorded(text: string): string | undefined {
  try {
    return readReleaseRecord(text).program.commit;
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}
