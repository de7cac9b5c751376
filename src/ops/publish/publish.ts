import { environmentOf, type Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId, type Release } from '../../model/release.ts';
import { bootstrapNotices } from '../branch/bootstrap-notices.ts';
import { completeBranch, renderBranch, type BranchContent } from '../branch/branch-content.ts';
import { changesTo, differenceOf } from '../branch/branch-difference.ts';
import { readBranch, type OwnBranch } from '../branch/branch-state.ts';
import { findEdits, type Edit } from '../branch/find-edits.ts';
import { refuseEdits, refuseInTheWay } from '../branch/refuse-edits.ts';
import { refuseRemovals, removalsOf, type Removal } from '../branch/removals.ts';
import { trustedRecord } from '../branch/trusted-record.ts';
import { writeCommit } from '../git/write-commit.ts';
import { changeBy, type OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { programRecord, refuseOlderProgram, refuseUnmerged, type ProgramAllowances } from '../program/refuse-program.ts';
import { splitRelease } from '../release/application-releases.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import { commitMessage } from '../write/commit-message.ts';
import { land, type Attempt } from '../write/land.ts';
import { writerOf } from '../write/writer.ts';
import { refuseHeld } from './refuse-held.ts';

/** What to publish, and what a person allows. */
export interface PublishOptions extends ProgramAllowances {
  readonly environment: string;
  /** Whether edits by hand are overwritten. @default false */
  readonly discardEdits?: boolean;
  /** Objects that hold data and may be removed, by name or `Kind/name`; the environment's name allows to remove many. @default - none */
  readonly allowRemoval?: readonly string[];
}

/** What a publish did. Paths are those of files on the branch. */
export interface PublishResult {
  readonly environment: string;
  readonly branch: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** The branch's tip now. */
  readonly commit: string;
  /** The branch's tip before. @default - there was no branch */
  readonly previous?: string;
  /** Id of the release that was rendered. */
  readonly release: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Objects that are gone, whatever file they were in. */
  readonly removals: readonly Removal[];
  /** Files that this program never wrote; they were left alone. */
  readonly foreign: readonly string[];
  /** Edits by hand that were overwritten. */
  readonly discarded: readonly Edit[];
  /** What comes before Argo CD can apply it, as sentences. */
  readonly notices: readonly string[];
  /** How often it was decided; more than 1 when others wrote at the same time. */
  readonly attempts: number;
}

type Decided = Omit<PublishResult, 'attempts'>;

/**
 * Renders the current release of an environment with this program and puts it onto the environment's branch: whole or not
 * at all, and without a commit when nothing changes.
 *
 * @throws OpsError with every reason why it did not
 */
export async function publish(context: OpsContext, options: PublishOptions): Promise<PublishResult> {
  const environment = environmentOf(context.delivery, options.environment);
  const branch = environmentBranch(environment.name);
  const attempt = (tip: string | undefined): Promise<Attempt<Decided>> => decide(context, options, environment, tip);
  const { result, attempts } = await land(context, { branch, environment: environment.name, attempt });
  return { ...result, attempts };
}

async function decide(context: OpsContext, options: PublishOptions, environment: Environment, tip: string | undefined): Promise<Attempt<Decided>> {
  const { repository, delivery } = context;
  const { name } = environment;
  context.onStep?.({ name: 'read', environment: name });
  const state = await readBranch(repository, delivery, name, tip);
  const trusted = state.kind === 'ours' ? await trustedRecord(repository, state) : undefined;
  const before = state.kind === 'ours' ? ((options.discardEdits === true ? trusted?.record : undefined) ?? state.record) : undefined;
  const applications = before?.applications ?? initialApplications(delivery, environment);
  const release = wholeRelease(applications);

  context.onStep?.({ name: 'render', environment: name });
  const content = await renderBranch(context, environment, release);
  const record = nextRecord(context, name, applications, before, tip);
  const files = completeBranch(delivery.name, content, record);
  const difference = differenceOf(state, files);
  const removals = removalsOf(state, content.objects);
  const shared = { environment: name, branch: environmentBranch(name), ...(tip === undefined ? {} : { previous: tip }), release: releaseId(release), ...difference, removals };
  const edits = state.kind === 'ours' ? await findEdits(repository, state, files) : [];
  if (state.kind === 'ours' && edits.length === 0 && isUnchanged(delivery.name, state, content)) {
    return { kind: 'nothing', result: { ...shared, outcome: 'unchanged', commit: state.tip, discarded: [], notices: [] } };
  }

  const [first, ...others]: readonly Refusal[] = [
    ...refuseUnmerged(context.program, repository.isLocal, options),
    ...(before === undefined ? [] : [...(await refuseOlderProgram(context.program, before.program, options)), ...refuseHeld(name, before.holds)]),
    ...(options.discardEdits === true ? [] : [...refuseEdits(edits, trusted?.line), ...refuseInTheWay(difference.inTheWay)]),
    ...refuseRemovals(name, state, removals, options.allowRemoval ?? []),
  ];
  if (first !== undefined) throw new OpsError(`${name} was not published`, [first, ...others]);

  const notices = await bootstrapNotices(repository, name, state, content, difference);
  context.onStep?.({ name: 'write', environment: name });
  const commit = await writeCommit(repository.gitDir, {
    ...(tip === undefined ? {} : { parent: tip }),
    changes: changesTo(state, files),
    message: commitMessage(`Publish ${name}: ${releaseId(release)}`, record),
    author: writerOf(delivery, name),
    at: context.clock(),
  });
  return { kind: 'commit', commit, result: { ...shared, outcome: state.kind === 'ours' ? 'updated' : 'created', commit, discarded: edits, notices } };
}

/** Whether this program makes, for the record as it is, the very bytes that the branch holds. */
function isUnchanged(project: string, state: OwnBranch, content: BranchContent): boolean {
  return changesTo(state, completeBranch(project, content, state.record, state.recordText)).size === 0;
}

function initialApplications(delivery: Delivery, environment: Environment): Readonly<Record<string, Release>> {
  const release = delivery.initialReleases[environment.name];
  if (release !== undefined) return splitRelease(environment, release);
  throw new OpsError(`${environment.name} was not published`, [
    { code: 'no-release', what: `the branch is new and the program names no first release for ${environment.name}`, next: `add initialReleases.${environment.name} to the delivery, or promote a release to it` },
  ]);
}

function nextRecord(context: OpsContext, environment: string, applications: ReleaseRecord['applications'], before: ReleaseRecord | undefined, tip: string | undefined): ReleaseRecord {
  const follows = before === undefined || tip === undefined ? undefined : { release: releaseId(wholeRelease(before.applications)), commit: tip };
  return {
    environment,
    applications,
    program: programRecord(context.program),
    origin: before?.origin ?? { kind: 'initial' },
    change: changeBy(context, 'publish', follows),
    holds: before?.holds ?? [],
  };
}
