import { sourcesIn } from '../../model/release.ts';
import { unitOfStage, unitsIn, unitsOf, type Unit, type UnitName } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import { isAppliedFrom } from '../branch/applied-from.ts';
import { straysOf } from '../branch/branch-difference.ts';
import { readBranch, type BranchState, type OwnBranch } from '../branch/branch-state.ts';
import type { Edit } from '../written/edit.ts';
import { editsOf } from '../branch/find-edits.ts';
import { saidSources } from '../foreign/said-sources.ts';
import { readHistory } from '../history/read-history.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { findLeftovers, type Leftover } from '../leftovers/leftovers.ts';
import type { ResolveDigest } from '../promote/resolve-digests.ts';
import { compareCharts, type ComparedChart } from '../registry/charts-by-version.ts';
import { recordedId, wholeRelease, type Hold } from '../release/release-record.ts';
import { verify } from '../verify/verify.ts';
import type { PullRequest } from '../../hosts/pull-requests.ts';

/** What runs of a unit, as far as its branch says. */
export interface UnitStatus extends UnitName {
  readonly branch: string;
  /** Why the branch cannot be read; then nothing else of it is known. @default - it can */
  readonly unreadable?: string;
  /** @default - nothing is published yet */
  readonly published?: PublishedStatus;
  /** Releases that the units it takes from have and it has not. */
  readonly waiting: readonly (UnitName & { readonly release: string })[];
  /** Open pull requests to the branch. @default - the host was not asked */
  readonly pullRequests?: readonly PullRequest[];
  /** Branches of proposals to it that no open pull request is of. */
  readonly leftovers: readonly Leftover[];
}

/** What the branch's tip says. */
export interface PublishedStatus {
  readonly commit: string;
  readonly release: string;
  /** When this release came, in UTC. */
  readonly since: string;
  /** Who asked for it. */
  readonly by: string;
  /** Commit that the images were built from. @default - not known */
  readonly source?: string;
  /**
   * Commits that the images were built from, by repository, where they are of several; by artifact, where somebody else moved them.
   *
   * @default - they are of one, or it is not known
   */
  readonly sources?: Readonly<Record<string, string>>;
  /** Why the last change went past the gate. @default - it did not */
  readonly emergency?: string;
  /** Who moved this release, in which commit, where nobody put it on record since. @default - it is on record */
  readonly moved?: { readonly by: string; readonly commit: string };
  readonly holds: readonly Hold[];
  readonly edits: readonly Edit[];
  /** Files on the branch that this program never wrote. */
  readonly strays: readonly string[];
  /** Those of them that the engine brings into the cluster. */
  readonly applied: readonly string[];
  /** Files that this program would render differently; or why it cannot render the release. */
  readonly rendering: { readonly differing: readonly string[] } | { readonly impossible: string };
  /** Charts that the engine fetches by their version, beside what their registry has now. @default - there are none, or nobody was asked */
  readonly charts?: readonly ComparedChart[];
}

/** Who is asked besides the ops repository and its host. */
export interface StatusOptions {
  /** Looks up what charts that no digest holds are in their registry now. @default - nobody is asked */
  readonly resolveDigest?: ResolveDigest;
}

/** Reads where every unit of some environments stands. Asks the ops repository and its host, and a registry where it is told how; no cluster. */
export async function readStatus(
  context: OpsContext,
  environments: readonly Environment[],
  options: StatusOptions = {},
): Promise<readonly UnitStatus[]> {
  const { delivery } = context;
  const releases = new Map(
    await Promise.all(unitsOf(delivery).map(async (unit) => [unit.branch, await releaseOf(context, unit)] as const)),
  );
  const open = await context.pullRequests?.listOpen();
  const heads = open === undefined ? undefined : new Set(open.map(({ head }) => head));
  return Promise.all(
    environments
      .flatMap((environment) => unitsIn(delivery, environment))
      .map(async (unit): Promise<UnitStatus> => {
        const { environment, application, branch } = unit;
        const state = await readable(() => readTip(context, unit));
        const pullRequests = open?.filter(({ base }) => base === branch);
        return {
          environment,
          ...(application === undefined ? {} : { application }),
          branch,
          ...(state.kind === 'unreadable' ? { unreadable: state.why } : {}),
          ...(state.kind === 'ours' ? { published: await publishedStatus(context, unit, state, options) } : {}),
          waiting: upstreamOf(context, unit).flatMap((upstream) => {
            const there = releases.get(upstream.branch);
            if (there === undefined || there.key === releases.get(branch)?.key) return [];
            const named = upstream.application === undefined ? {} : { application: upstream.application };
            return [{ environment: upstream.environment, ...named, release: there.release }];
          }),
          ...(pullRequests === undefined ? {} : { pullRequests }),
          leftovers: await findLeftovers(context, unit, heads),
        };
      }),
  );
}

const readTip = async ({ repository, delivery }: OpsContext, unit: Unit): Promise<BranchState> =>
  readBranch(repository, delivery, unit, await repository.tip(unit.branch));

/** Reads a branch; one that cannot be read says so, and hides no other. */
async function readable(
  read: () => Promise<BranchState>,
): Promise<BranchState | { readonly kind: 'unreadable'; readonly why: string }> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof OpsError) || !OF_ONE_BRANCH.has(error.code)) throw error;
    return { kind: 'unreadable', why: error.message.replace(/^portolan: /, '') };
  }
}

const OF_ONE_BRANCH: ReadonlySet<OpsError['code']> = new Set(['bad-file', 'not-ours', 'older-package']);

/** What identifies the bits of a release: its source commits, else its id. A tag given on the way changes the id alone. */
async function releaseOf(
  context: OpsContext,
  unit: Unit,
): Promise<{ readonly release: string; readonly key: string } | undefined> {
  const state = await readable(() => readTip(context, unit));
  if (state.kind !== 'ours') return undefined;
  const release = wholeRelease(state.record.applications);
  const id = recordedId(state.record);
  const commits = Object.values(sourcesIn(release)).sort();
  return { release: id, key: commits.length === 0 ? id : commits.join('+') };
}

function upstreamOf({ delivery }: OpsContext, { stage }: Unit): readonly Unit[] {
  if (stage?.intake.from !== 'stages') return [];
  return stage.intake.stages.flatMap((name) =>
    delivery.stages.filter((candidate) => candidate.name === name).map((candidate) => unitOfStage(delivery, candidate)),
  );
}

async function publishedStatus(
  context: OpsContext,
  unit: Unit,
  state: OwnBranch,
  { resolveDigest }: StatusOptions,
): Promise<PublishedStatus> {
  const id = recordedId(state.record);
  const { entries } = await readHistory(context.repository, state.tip);
  const other = entries.findIndex((entry) => entry.release !== id);
  const came = entries[(other === -1 ? entries.length : other) - 1]?.record.change ?? state.record.change;
  const { emergency, kind } = state.record.change;
  const { origin } = state.record;
  const strays = straysOf(state);
  const release = wholeRelease(state.record.applications);
  const charts = resolveDigest === undefined ? [] : await compareCharts(context.delivery, unit, release, resolveDigest);
  return {
    commit: state.tip,
    release: id,
    since: came.at,
    by: came.by,
    ...(await builtFrom(context, state)),
    ...(emergency === undefined ? {} : { emergency }),
    ...(kind === 'moved' && origin.kind === 'moved' ? { moved: { by: origin.by, commit: origin.commit } } : {}),
    holds: state.record.holds,
    edits: await editsOf(context.repository, state),
    strays,
    applied: strays.filter((path) => isAppliedFrom(context.delivery, unit, path)),
    rendering: await renderingOf(context, unit, state),
    ...(charts.length === 0 ? {} : { charts }),
  };
}

/** Where what runs was built from: on record, else as who moved it wrote it down. */
async function builtFrom(
  { repository }: OpsContext,
  { record }: OwnBranch,
): Promise<Pick<PublishedStatus, 'source' | 'sources'>> {
  const { source, sources } = wholeRelease(record.applications);
  const said = (await saidSources(repository.gitDir, [record])).get(record) ?? {};
  const [only, ...others] = new Set(Object.values(said));
  return {
    ...(source === undefined ? {} : { source: source.commit }),
    ...(sources === undefined ? {} : { sources }),
    ...(only === undefined ? {} : others.length > 0 ? { sources: said } : { source: only }),
  };
}

async function renderingOf(context: OpsContext, unit: Unit, { tip }: OwnBranch): Promise<PublishedStatus['rendering']> {
  if (context.asRendered?.isKnown(unit, tip) === true) return { differing: [] };
  try {
    const { differing } = await verify(context, { ...unit, revision: tip });
    if (differing.length === 0) context.asRendered?.learn(unit, tip);
    return { differing };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('portolan: ')) throw error;
    return { impossible: error.message };
  }
}
