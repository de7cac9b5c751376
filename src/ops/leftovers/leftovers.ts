import { INDEX_FILE } from '../release/branch-index.ts';
import { ProblemsError } from '../../model/problem.ts';
import { wholeState } from '../release/known-state.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { git } from '../git/run-git.ts';
import { recordedTime, type OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import { writerOf } from '../git/writer.ts';
import { unitsOf, type Unit } from '../../model/derived/units.ts';
import { PROPOSALS, isProposalTo, proposalFolder } from './proposal-folder.ts';

/** A branch that was made for a pull request and has none that is open. */
export interface Leftover {
  /** e.g. `promote/prod/v1.2.0`. */
  readonly branch: string;
  readonly commit: string;
  /** When the commit was made, in UTC. */
  readonly at: string;
  /**
   * What becomes of it: the next write `removes` it; it is `awaited`, because a run may be about to open its pull request; it is
   * `kept`, because nothing shows that this program made it; or it is `unknown` whether a pull request is open.
   */
  readonly fate: 'removed' | 'awaited' | 'kept' | 'unknown';
}

/** Minutes that a run may take between the push of a branch and its pull request. */
const PATIENCE_MINUTES = 60;

/**
 * Finds the branches of a unit's proposals that no open pull request is of: runs that were killed, pull requests that were closed
 * by hand, and merged ones whose branch stayed.
 *
 * @param open - heads of the open pull requests @default - the host was not asked
 */
export async function findLeftovers(
  context: Pick<OpsContext, 'repository' | 'delivery' | 'clock'>,
  unit: Unit,
  open?: ReadonlySet<string>,
): Promise<readonly Leftover[]> {
  const below = await context.repository.branches(proposalFolder(unit));
  const branches = [...below].filter(([branch]) => isProposalTo(unit, branch));
  const alone = new Map(branches.filter(([branch]) => open?.has(branch) !== true));
  const tips = await readTips(context, alone);
  return [...alone].map(([branch, commit]): Leftover => {
    const tip = tips.get(commit);
    const made = tip?.madeAt ?? new Date(0);
    const isOurs = tip !== undefined && isMadeHere(context, unit, tip);
    const minutes = (context.clock().getTime() - made.getTime()) / 60_000;
    const fate = open === undefined ? 'unknown' : !isOurs ? 'kept' : minutes < PATIENCE_MINUTES ? 'awaited' : 'removed';
    return { branch, commit, at: recordedTime(made), fate };
  });
}

/** Branches like those of proposals that belong to no unit of the delivery; nobody removes them. */
export async function strangeProposals(
  context: Pick<OpsContext, 'repository' | 'delivery' | 'pullRequests'>,
): Promise<readonly Leftover[]> {
  const units = unitsOf(context.delivery);
  const branches = [...(await context.repository.branches(PROPOSALS))].filter(
    ([branch]) => !units.some((unit) => isProposalTo(unit, branch)),
  );
  if (branches.length === 0) return [];
  const open = (await context.pullRequests?.listOpen())?.map(({ head }) => head);
  const alone = new Map(branches.filter(([branch]) => open?.includes(branch) !== true));
  const tips = await readTips(context, alone);
  return [...alone].map(([branch, commit]) => ({
    branch,
    commit,
    at: recordedTime(tips.get(commit)?.madeAt ?? new Date(0)),
    fate: open === undefined ? 'unknown' : 'kept',
  }));
}

/** What a write removed on its way, and why it could not. */
export interface Tidied {
  readonly removed: readonly string[];
  /** Sentences for people. */
  readonly notices: readonly string[];
}

/**
 * Removes what earlier runs left over: branches that this program made, that have no open pull request, and that no run can be about to
 * open one for. A branch that somebody moved meanwhile stays. The write itself is done by then, so that a failure is a notice.
 */
export async function removeLeftovers(context: OpsContext, unit: Unit): Promise<Tidied> {
  const { pullRequests, repository } = context;
  if (pullRequests === undefined) return { removed: [], notices: [] };
  const removed: string[] = [];
  try {
    // The host is asked only where there is something to remove.
    const candidates = await findLeftovers(context, unit, new Set());
    const old = candidates.filter(({ fate }) => fate === 'removed');
    if (old.length === 0) return { removed, notices: [] };
    const open = new Set((await pullRequests.listOpen()).map(({ head }) => head));
    for (const { branch, commit } of old)
      if (!open.has(branch) && (await repository.remove(branch, commit)) === 'moved') removed.push(branch);
    return { removed, notices: [] };
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    const why = error.refusals.map(({ what }) => what).join('; ');
    return { removed, notices: [`what earlier proposals left over could not be removed: ${why}`] };
  }
}

interface Tip {
  readonly author: string;
  readonly madeAt: Date;
  /** Trailer of the message that says who asked. */
  readonly askedBy: string;
  readonly index: string | undefined;
  readonly recordText: string | undefined;
}

/** Reads the commits of these branches, in two processes. */
async function readTips(
  { repository: { gitDir } }: Pick<OpsContext, 'repository'>,
  branches: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Tip>> {
  const commits = [...new Set(branches.values())];
  if (commits.length === 0) return new Map();
  const format = '--format=%H%x00%an <%ae>%x00%ct%x00%(trailers:key=Asked-By,valueonly,separator=%x20)%x00';
  const [log, texts] = await Promise.all([
    git(['log', '--no-walk=unsorted', '-z', format, '--end-of-options', ...commits, '--'], { gitDir }),
    readBlobs(
      gitDir,
      commits.flatMap((commit) => [`${commit}:${INDEX_FILE}`, `${commit}:${RELEASE_FILE}`]),
    ),
  ]);
  const fields = log.toString('utf8').split('\0');
  return new Map(
    commits.map((commit): [string, Tip] => {
      const at = fields.indexOf(commit);
      const [author = '', seconds = '0', askedBy = ''] = fields.slice(at + 1, at + 4);
      return [
        commit,
        {
          author,
          madeAt: new Date(Number(seconds) * 1000),
          askedBy: askedBy.trim(),
          index: texts.get(`${commit}:${INDEX_FILE}`),
          recordText: texts.get(`${commit}:${RELEASE_FILE}`),
        },
      ];
    }),
  );
}

/** Whether this program made a commit, for this unit: its author, its message and its files all say so. */
function isMadeHere(
  { delivery }: Pick<OpsContext, 'delivery'>,
  unit: Unit,
  { author, askedBy, index, recordText }: Tip,
): boolean {
  const { name, email } = writerOf(delivery, unit);
  if (author !== `${name} <${email}>`) return false;
  try {
    const whole = wholeState(index, recordText);
    return (
      whole?.index.project === delivery.name &&
      whole.record.environment === unit.environment &&
      askedBy === whole.record.change.by
    );
  } catch (error) {
    if (error instanceof ProblemsError) return false;
    throw error;
  }
}
