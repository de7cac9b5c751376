import type { Environment } from '../../model/environment.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { chooseWhole, refuseEditedSource, refuseOtherProgram } from './judge-source.ts';
import { findState, whyNotVerified } from '../history/find-state.ts';
import { readHistory, type HistoryEntry } from '../history/read-history.ts';
import { isSameRelease } from '../order/release-order.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { artifactsOf } from '../release/application-releases.ts';
import { wholeRelease, type Origin } from '../release/release-record.ts';

/** A release that another environment runs or ran. */
export interface EnvironmentSource {
  readonly kind: 'environment';
  readonly environment: string;
  /** Which release: an id, a commit of the source or of the ops repository. @default - what runs there now */
  readonly release?: string;
  /** Whether this program may promote although it does not render the source environment as its branch is. @default false */
  readonly acceptProgram?: boolean;
}

/** Health of an environment at the tip of its branch, which is what runs there; undefined when nobody can be asked. */
export type HealthOf = (environment: string, commit: string) => Promise<string | undefined>;

/** A release that may go on, and where it was verified. */
export interface PromotionCandidate {
  readonly release: Release;
  readonly origin: Origin & { readonly kind: 'promotion' };
}

/** A candidate was found where it is verified: its state, and the states of the other stages that must have run it. */
interface Verified {
  readonly state: HistoryEntry;
  readonly environment: string;
}

/**
 * Takes the release that another environment runs, or its newest verified one that a name stands for, and makes sure that
 * every stage it must have passed verified it, and that this program renders it there as the branch has it.
 *
 * @throws OpsError with the reason
 */
export async function candidateFromEnvironment(
  context: OpsContext,
  target: Environment,
  stage: Stage,
  source: EnvironmentSource,
  healthOf?: HealthOf,
): Promise<PromotionCandidate> {
  const failed = `${target.name} was not promoted`;
  const intake = requiredEnvironments(context, stage);
  if (!intake.includes(source.environment)) {
    const next =
      intake.length === 0
        ? `npx portolan promote ${target.name} --image SERVICE=REF`
        : `npx portolan promote ${target.name} --from ${intake.join(' or ')}`;
    throw new OpsError(failed, [
      { code: 'wrong-input', what: `${target.name} does not take releases from ${source.environment}`, next },
    ]);
  }
  const first = await verifiedIn(
    context,
    source.environment,
    failed,
    (entries) => (source.release === undefined ? entries[0] : findState(entries, source.release)),
    source.release,
    healthOf,
  );
  const moved = wholeRelease(first.state.record.applications);
  const others = await Promise.all(
    intake
      .filter((name) => name !== source.environment)
      .map((name) =>
        verifiedIn(
          context,
          name,
          failed,
          (entries) => entries.find(({ record }) => isSameRelease(wholeRelease(record.applications), moved)),
          releaseId(moved),
          healthOf,
        ),
      ),
  );
  if (source.acceptProgram !== true) await refuseOtherProgram(context, target.name, first, failed);
  return {
    release: usedBy(moved, artifactsOf(target, stage.application)),
    origin: {
      kind: 'promotion',
      from: [first, ...others].map(({ environment, state }) => ({ environment, commit: state.commit })),
    },
  };
}

/** Environments of the stages that a stage takes from. */
function requiredEnvironments({ delivery }: OpsContext, { intake }: Stage): readonly string[] {
  if (intake.from === 'supply') return [];
  return [
    ...new Set(
      delivery.stages.filter(({ name }) => intake.stages.includes(name)).map(({ environment }) => environment),
    ),
  ];
}

async function verifiedIn(
  context: OpsContext,
  environment: string,
  failed: string,
  choose: (entries: readonly HistoryEntry[]) => HistoryEntry | undefined,
  wanted: string | undefined,
  healthOf: HealthOf | undefined,
): Promise<Verified> {
  const refuse = (refusal: Refusal): OpsError => new OpsError(failed, [refusal]);
  const tip = await context.repository.tip(environmentBranch(environment));
  if (tip === undefined)
    throw refuse({
      code: 'no-branch',
      what: `nothing runs in ${environment} yet`,
      next: `npx portolan publish ${environment}`,
    });
  await refuseEditedSource(context, environment, tip, failed);
  const { entries } = await readHistory(context.repository, tip);
  const state = await chooseWhole(context, entries, choose);
  if (state === undefined)
    throw refuse({
      code: 'not-found',
      what: `${environment} never ran ${wanted ?? 'a release'}`,
      next: `npx portolan history ${environment}`,
    });
  const why = whyNotVerified(entries, state);
  if (why !== undefined)
    throw refuse({
      code: 'not-verified',
      what: `${state.release} is not verified in ${environment}: ${why}`,
      next: `npx portolan history ${environment}`,
    });
  // The release that the branch holds is judged by what its tip is, whatever moved it since; an earlier one no longer runs.
  const [newest] = entries;
  const isThere =
    newest !== undefined &&
    isSameRelease(wholeRelease(newest.record.applications), wholeRelease(state.record.applications));
  const health = isThere ? await healthOf?.(environment, tip) : undefined;
  if (health !== undefined && health !== 'Healthy') {
    throw refuse({
      code: 'not-verified',
      what: `${state.release} is not verified in ${environment}: its health is ${health}`,
      next: `npx portolan wait ${environment}`,
    });
  }
  return { environment, state };
}

/** The images of a release that the target runs. */
function usedBy({ images, source, gitTag }: Release, used: ReadonlySet<string>): Release {
  return {
    images: Object.fromEntries(Object.entries(images).filter(([artifact]) => used.has(artifact))),
    ...(source === undefined ? {} : { source }),
    ...(gitTag === undefined ? {} : { gitTag }),
  };
}
