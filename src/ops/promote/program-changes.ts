import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import { completeBranch, renderBranch, type BranchFiles } from '../branch/branch-files.ts';
import type { OwnBranch } from '../branch/branch-state.ts';
import type { OpsContext } from '../ops-context.ts';
import type { Refusal } from '../ops-error.ts';
import type { BranchIndex } from '../release/branch-index.ts';
import type { WriteRoute } from '../write/route.ts';

/**
 * Objects of a unit that this program would change whatever the release is, so that a promotion would carry them along.
 * Rendering again is needed only where something besides the images' versions differs.
 */
export async function programChanges(
  context: OpsContext,
  unit: Unit,
  state: OwnBranch,
  next: BranchFiles,
  current: Release,
): Promise<readonly string[]> {
  const differing = changedPaths(state.index, next.index);
  if (differing.length === 0) return [];
  try {
    const content = await renderBranch(context, unit, current);
    const again = completeBranch(context.delivery.name, content, state.record, state);
    const ofProgram = new Set(changedPaths(state.index, again.index));
    return differing.filter((path) => ofProgram.has(path));
  } catch (error) {
    // The program got an artifact that the release before has no version of: what is new comes with it.
    if (!(error instanceof Error)) throw error;
    return differing.filter((path) => state.index.objects[path] !== undefined);
  }
}

function changedPaths(before: BranchIndex, after: BranchIndex): readonly string[] {
  const paths = new Set([...Object.keys(before.objects), ...Object.keys(after.objects)]);
  return [...paths].filter((path) => before.objects[path]?.digest !== after.objects[path]?.digest).sort();
}

const MOST_PATHS = 10;

/** What there is to say about changes of the program that come along: a reviewer sees them; where nobody reviews, they are refused. */
export function judgeProgramChanges(
  unit: Unit,
  paths: readonly string[],
  route: WriteRoute,
  acceptProgram: boolean,
): { readonly refusals: readonly Refusal[]; readonly notices: readonly string[] } {
  if (paths.length === 0) return { refusals: [], notices: [] };
  const more = paths.length > MOST_PATHS ? [`and ${paths.length - MOST_PATHS} more`] : [];
  const shown = [...paths.slice(0, MOST_PATHS), ...more];
  if (route.kind === 'pullRequest' || acceptProgram)
    return {
      refusals: [],
      notices: [`this program changes more than the release does, and it comes along: ${shown.join(', ')}`],
    };
  return {
    refusals: [
      {
        code: 'not-reproduced',
        what: [
          `this program changes more in ${nameOf(unit)} than the release does, and nobody has seen it there`,
          ...shown,
        ].join('\n'),
        next: `npx portolan publish ${typed(unit)}; or --program HEAD takes it along with the release`,
      },
    ],
    notices: [],
  };
}
