import { environmentOf, stageOf } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { releaseId } from '../../model/release.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import { readToWrite } from '../branch/lost-branch.ts';
import { changeBy, type OpsContext } from '../ops-context.ts';
import {
  programRecord,
  refuseOlderProgram,
  refuseUnmerged,
  type ProgramAllowances,
} from '../program/refuse-program.ts';
import { withFirstVersions } from '../release/application-releases.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import { carryOut } from '../write/carry-out.ts';
import type { Attempt } from '../write/land.ts';
import { routeOf, type RouteOptions } from '../write/route.ts';
import { recordBefore, rendersTheSame, stateBefore } from '../write/starting-point.ts';
import { writeFiles, type WriteAllowances } from '../write/write-files.ts';
import type { Prepared, Written } from '../written/written.ts';
import { initialApplications } from './initial-applications.ts';
import { refuseHeld } from './refuse-held.ts';

/** What to publish, and what a person allows. */
export interface PublishOptions extends ProgramAllowances, WriteAllowances, Pick<RouteOptions, 'pullRequest'> {
  readonly environment: string;
  /**
   * Whether an artifact that the release has no version of starts at the one that the program's first release names, for a rehearsal.
   * Its image may not be there yet. @default false: it is refused until a promotion brings one
   */
  readonly firstVersions?: boolean;
}

/** What a publish did. */
export type PublishResult = Written;

/**
 * Renders the current release of an environment with this program and puts it onto the environment's branch: whole or not
 * at all, and without a commit when nothing changes. On a gated branch it opens a pull request.
 *
 * @throws OpsError with every reason why it did not
 */
export async function publish(context: OpsContext, options: PublishOptions): Promise<PublishResult> {
  const environment = environmentOf(context.delivery, options.environment);
  return carryOut(context, {
    environment: environment.name,
    route: routeOf(context, environment.name, options),
    proposalName: () => 'publish',
    decide: (tip) => decide(context, options, environment, tip),
  });
}

async function decide(
  context: OpsContext,
  options: PublishOptions,
  environment: Environment,
  tip: string | undefined,
): Promise<Attempt<Prepared>> {
  const { repository, delivery, program } = context;
  const { name } = environment;
  context.onStep?.({ name: 'read', environment: name });
  const state = await readToWrite(repository, delivery, name, tip, options);
  const before = recordBefore(state, `${name} was not published`, options);
  const recorded =
    before?.applications ??
    initialApplications(
      delivery,
      environment,
      `${name} was not published`,
      state.kind === 'lost' ? 'no state of the branch can be believed' : undefined,
    );
  const applications = options.firstVersions === true ? withFirstVersions(delivery, environment, recorded) : recorded;
  const release = wholeRelease(applications);

  context.onStep?.({ name: 'render', environment: name });
  const content = await renderBranch(context, environment, release);
  const record: ReleaseRecord = {
    environment: name,
    applications,
    program: programRecord(program),
    origin: before?.origin ?? { kind: 'initial' },
    change: changeBy(context, 'publish', stateBefore(state)),
    holds: before?.holds ?? [],
  };
  const isRendered = rendersTheSame(delivery.name, state, content);
  const waits = !isRendered && before !== undefined && waitsForTag(context, options);
  const attempt = await writeFiles(context, {
    environment: name,
    state,
    next: completeBranch(delivery.name, content, record),
    record,
    subject: `Publish ${name}: ${releaseId(release)}`,
    failed: `${name} was not published`,
    isUnchanged: isRendered || waits,
    refuse: async () => [
      ...(await refuseUnmerged(program, repository.isLocal, options)),
      ...(before === undefined
        ? []
        : [...(await refuseOlderProgram(program, before.program, options)), ...refuseHeld(name, before.holds)]),
      ...(waits ? [{ code: 'gated' as const, what: WAITING, next: `npx portolan promote ${name} --git-tag TAG` }] : []),
    ],
    allowances: options,
  });
  if (!waits) return attempt;
  const nothing = { added: [], changed: [], removed: [], removals: [], notices: [WAITING] };
  return { ...attempt, result: { ...attempt.result, ...nothing } };
}

const WAITING = 'what this program changes gets in with the next tag, because the gate is one';

/** Whether only a tag changes what is there. A rehearsal on this disk has nobody who could make one. */
const waitsForTag = ({ delivery }: OpsContext, { environment, firstVersions }: PublishOptions): boolean =>
  firstVersions !== true && stageOf(delivery, environment)?.gate.kind === 'humanTag';
