import { isApplied } from '../../engines/engines.ts';
import { environmentOf, stageOf } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId } from '../../model/release.ts';
import { straysOf } from '../branch/branch-difference.ts';
import { readBranch, type BranchState, type OwnBranch } from '../branch/branch-state.ts';
import type { Edit } from '../written/edit.ts';
import { editsOf } from '../branch/find-edits.ts';
import { readHistory } from '../history/read-history.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { findLeftovers, type Leftover } from '../leftovers/leftovers.ts';
import { wholeRelease, type Hold } from '../release/release-record.ts';
import { verify } from '../verify/verify.ts';
import type { PullRequest } from '../../hosts/pull-requests.ts';

/** What runs in an environment, as far as its branch says. */
export interface EnvironmentStatus {
  readonly environment: string;
  readonly branch: string;
  /** Why the branch cannot be read; then nothing else of it is known. @default - it can */
  readonly unreadable?: string;
  /** @default - nothing is published yet */
  readonly published?: PublishedStatus;
  /** Releases that the environments it takes from have and it has not. */
  readonly waiting: readonly { readonly environment: string; readonly release: string }[];
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
  /** Why the last change went past the gate. @default - it did not */
  readonly emergency?: string;
  readonly holds: readonly Hold[];
  readonly edits: readonly Edit[];
  /** Files on the branch that this program never wrote. */
  readonly strays: readonly string[];
  /** Those of them that the engine brings into the cluster. */
  readonly applied: readonly string[];
  /** Files that this program would render differently; or why it cannot render the release. */
  readonly rendering: { readonly differing: readonly string[] } | { readonly impossible: string };
}

/** Reads where every environment stands. Asks the ops repository and its host; no cluster. */
export async function readStatus(
  context: OpsContext,
  environments: readonly Environment[],
): Promise<readonly EnvironmentStatus[]> {
  const releases = new Map(
    await Promise.all(
      context.delivery.environments.map(async ({ name }) => [name, await releaseOf(context, name)] as const),
    ),
  );
  const open = await context.pullRequests?.listOpen();
  const heads = open === undefined ? undefined : new Set(open.map(({ head }) => head));
  return Promise.all(
    environments.map(async ({ name }): Promise<EnvironmentStatus> => {
      const branch = environmentBranch(name);
      const state = await readable(() => readTip(context, name));
      const pullRequests = open?.filter(({ base }) => base === branch);
      return {
        environment: name,
        branch,
        ...(state.kind === 'unreadable' ? { unreadable: state.why } : {}),
        ...(state.kind === 'ours' ? { published: await publishedStatus(context, name, state) } : {}),
        waiting: upstreamOf(context, name).flatMap((upstream) => {
          const there = releases.get(upstream);
          return there === undefined || there.key === releases.get(name)?.key
            ? []
            : [{ environment: upstream, release: there.release }];
        }),
        ...(pullRequests === undefined ? {} : { pullRequests }),
        leftovers: await findLeftovers(context, name, heads),
      };
    }),
  );
}

const readTip = async ({ repository, delivery }: OpsContext, environment: string): Promise<BranchState> =>
  readBranch(repository, delivery, environment, await repository.tip(environmentBranch(environment)));

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

const OF_ONE_BRANCH: ReadonlySet<OpsError['code']> = new Set(['bad-file', 'not-ours']);

/** What identifies the bits of a release: its source commit, else its id. A tag given on the way changes the id alone. */
async function releaseOf(
  context: OpsContext,
  environment: string,
): Promise<{ readonly release: string; readonly key: string } | undefined> {
  const state = await readable(() => readTip(context, environment));
  if (state.kind !== 'ours') return undefined;
  const release = wholeRelease(state.record.applications);
  return { release: releaseId(release), key: release.source?.commit ?? releaseId(release) };
}

function upstreamOf({ delivery }: OpsContext, environment: string): readonly string[] {
  const stage = stageOf(delivery, environment);
  if (stage?.intake.from !== 'stages') return [];
  return stage.intake.stages.flatMap((name) =>
    delivery.stages.filter((candidate) => candidate.name === name).map((candidate) => candidate.environment),
  );
}

async function publishedStatus(context: OpsContext, environment: string, state: OwnBranch): Promise<PublishedStatus> {
  const release = wholeRelease(state.record.applications);
  const id = releaseId(release);
  const { entries } = await readHistory(context.repository, state.tip);
  const other = entries.findIndex((entry) => entry.release !== id);
  const came = entries[(other === -1 ? entries.length : other) - 1]?.record.change ?? state.record.change;
  const { emergency } = state.record.change;
  const strays = straysOf(state);
  return {
    commit: state.tip,
    release: id,
    since: came.at,
    by: came.by,
    ...(release.source === undefined ? {} : { source: release.source.commit }),
    ...(emergency === undefined ? {} : { emergency }),
    holds: state.record.holds,
    edits: await editsOf(context.repository, state),
    strays,
    applied: strays.filter((path) => isApplied(context.delivery, environmentOf(context.delivery, environment), path)),
    rendering: await renderingOf(context, environment),
  };
}

async function renderingOf(context: OpsContext, environment: string): Promise<PublishedStatus['rendering']> {
  try {
    return { differing: (await verify(context, { environment })).differing };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('portolan: ')) throw error;
    return { impossible: error.message };
  }
}
