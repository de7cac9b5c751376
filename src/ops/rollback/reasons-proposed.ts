import type { Unit } from '../../model/derived/units.ts';
import { ProblemsError } from '../../model/problem.ts';
import { readFileAt } from '../git/read-blobs.ts';
import type { OpsContext } from '../ops-context.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, type Hold } from '../release/release-record.ts';
import { openProposals } from '../write/open-proposals.ts';
import type { WriteRoute } from '../write/route.ts';
import { soFar } from '../write/so-far.ts';

/**
 * The holds that the open pull request of a branch adds to those of its unit: who asks for the same before it is merged brings it up to
 * date, and must not take the first one's reason away.
 *
 * @param head - branch of the pull request, e.g. `promote/prod/rollback-v1.0.0`
 */
export async function reasonsProposed(
  context: OpsContext,
  route: WriteRoute,
  unit: Unit,
  head: string,
): Promise<readonly Hold[]> {
  if (route.kind === 'direct') return [];
  const open = await soFar('nothing was changed', () => openProposals(context, route.pullRequests, unit));
  const { tip, record } = open.find(({ pullRequest }) => pullRequest.head === head) ?? {};
  if (tip === undefined || record === undefined) return [];
  const before = await readFileAt(context.repository.gitDir, `${tip}^`, RELEASE_FILE);
  const had = new Set(before === undefined ? [] : holdsIn(before).map(textOf));
  return record.holds.filter((hold) => hold.kind === 'rollback' && !had.has(textOf(hold)));
}

/** The holds of a `release.yaml`; none where nobody can read it, because the branch was lost. */
function holdsIn(text: string): readonly Hold[] {
  try {
    return readReleaseRecord(text).holds;
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
}

const textOf = (hold: Hold): string => JSON.stringify(hold);
