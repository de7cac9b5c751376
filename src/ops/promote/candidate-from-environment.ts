import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { nameOf, typed, unitOfStage, type Unit } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import type { HealthOf } from '../health/health-of.ts';
import { judgeHealth } from '../health/judge-health.ts';
import { chooseWhole, refuseEditedSource, refuseOtherProgram } from './judge-source.ts';
import { findState, whyNotVerified } from '../history/find-state.ts';
import { readHistory, type HistoryEntry } from '../history/read-history.ts';
import { isSameRelease } from '../order/release-order.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { artifactsOf } from '../../model/derived/object-images.ts';
import { recordedId, wholeRelease, type Origin } from '../release/release-record.ts';

/** A release that another environment runs or ran. */
export interface EnvironmentSource {
  readonly kind: 'environment';
  readonly environment: string;
  /** Which release: an id, a commit of the source or of the ops repository. @default - what runs there now */
  readonly release?: string;
  /** Whether this program may promote although it does not render the source environment as its branch is. @default false */
  readonly acceptProgram?: boolean;
  /** Whether somebody must say that it is healthy there. @default false: where nobody can be asked, a person has looked */
  readonly mustBeHealthy?: boolean;
}

/** A release that may go on, and where it was verified. */
export interface PromotionCandidate {
  readonly release: Release;
  readonly origin: Origin & { readonly kind: 'promotion' };
}

/** A candidate was found where it is verified: its state, and the states of the other stages that must have run it. */
interface Verified {
  readonly state: HistoryEntry;
  readonly unit: Unit;
}

/**
 * Takes the release that another environment runs, or its newest verified one that a name stands for, and makes sure that
 * every stage it must have passed verified it, and that this program renders it there as the branch has it.
 *
 * @throws OpsError with the reason
 */
export async function candidateFromEnvironment(
  context: OpsContext,
  target: Unit,
  stage: Stage,
  source: EnvironmentSource,
  healthOf?: HealthOf,
): Promise<PromotionCandidate> {
  const failed = `${nameOf(target)} was not promoted`;
  const intake = requiredUnits(context.delivery, stage);
  const from = sourceUnit(context.delivery, stage, source.environment);
  if (from === undefined) {
    const next =
      intake.length === 0
        ? `npx portolan promote ${typed(target)} --image SERVICE=REF`
        : `npx portolan promote ${typed(target)} --from ${environmentsTaken(context.delivery, stage).join(' or ')}`;
    throw new OpsError(failed, [
      { code: 'wrong-input', what: `${nameOf(target)} does not take releases from ${source.environment}`, next },
    ]);
  }
  const asked = { target, failed, healthOf, mustBeHealthy: source.mustBeHealthy === true };
  const first = await verifiedIn(
    context,
    from,
    asked,
    (entries) => (source.release === undefined ? entries[0] : findState(entries, source.release)),
    source.release,
  );
  const moved = wholeRelease(first.state.record.applications);
  const others = await Promise.all(
    intake
      .filter(({ branch }) => branch !== from.branch)
      .map((unit) =>
        verifiedIn(
          context,
          unit,
          asked,
          (entries) => entries.find(({ record }) => isSameRelease(wholeRelease(record.applications), moved)),
          recordedId(first.state.record),
        ),
      ),
  );
  if (source.acceptProgram !== true) await refuseOtherProgram(context, target, first, failed);
  return {
    release: usedBy(moved, artifactsOf(environmentOf(context.delivery, target.environment), stage.application)),
    origin: {
      kind: 'promotion',
      from: [first, ...others].map(({ unit: { environment }, state }) => ({ environment, commit: state.commit })),
    },
  };
}

/** The stages that a stage takes from. */
const stagesTaken = ({ stages }: Delivery, { intake }: Stage): readonly Stage[] =>
  intake.from === 'stages' ? stages.filter(({ name }) => intake.stages.includes(name)) : [];

/** Names of the environments that a stage takes from. */
export const environmentsTaken = (delivery: Delivery, stage: Stage): readonly string[] => [
  ...new Set(stagesTaken(delivery, stage).map(({ environment }) => environment)),
];

/** Units of the stages that a stage takes from. */
const requiredUnits = (delivery: Delivery, stage: Stage): readonly Unit[] => [
  ...new Map(
    stagesTaken(delivery, stage)
      .map((taken) => unitOfStage(delivery, taken))
      .map((unit) => [unit.branch, unit]),
  ).values(),
];

/** The unit of an environment that a stage takes from: that of the same application, where there are several. */
export function sourceUnit(delivery: Delivery, stage: Stage, environment: string): Unit | undefined {
  const there = requiredUnits(delivery, stage).filter((unit) => unit.environment === environment);
  return there.find(({ application }) => application === stage.application) ?? there[0];
}

/** For what a release is to be verified, and who says how healthy it is. */
interface Asked {
  readonly target: Unit;
  readonly failed: string;
  readonly healthOf: HealthOf | undefined;
  readonly mustBeHealthy: boolean;
}

async function verifiedIn(
  context: OpsContext,
  unit: Unit,
  { target, failed, healthOf, mustBeHealthy }: Asked,
  choose: (entries: readonly HistoryEntry[]) => HistoryEntry | undefined,
  wanted: string | undefined,
): Promise<Verified> {
  const environment = nameOf(unit);
  const refuse = (refusal: Refusal): OpsError => new OpsError(failed, [refusal]);
  const tip = await context.repository.tip(unit.branch);
  if (tip === undefined)
    throw refuse({
      code: 'no-branch',
      what: `nothing runs in ${environment} yet`,
      next: `npx portolan publish ${typed(unit)}`,
    });
  await refuseEditedSource(context, unit, tip, failed);
  const { entries } = await readHistory(context.repository, tip);
  const state = await chooseWhole(context, entries, choose);
  if (state === undefined)
    throw refuse({
      code: 'not-found',
      what: `${environment} never ran ${wanted ?? 'a release'}`,
      next: `npx portolan history ${typed(unit)}`,
    });
  const why = whyNotVerified(entries, state);
  if (why !== undefined)
    throw refuse({
      code: 'not-verified',
      what: `${state.release} is not verified in ${environment}: ${why}`,
      next: `npx portolan history ${typed(unit)}`,
    });
  // The release that the branch holds is judged by what its tip is, whatever moved it since; an earlier one no longer runs.
  const [newest] = entries;
  const isThere =
    newest !== undefined &&
    isSameRelease(wholeRelease(newest.record.applications), wholeRelease(state.record.applications));
  const said = isThere ? ((await healthOf?.(unit, tip)) ?? { notAsked: 'nobody is asked' }) : undefined;
  const unhealthy = judgeHealth({ release: state.release, unit, target, mustBeHealthy }, said);
  if (unhealthy !== undefined) throw refuse(unhealthy);
  return { unit, state };
}

/** The images of a release that the target runs. */
export function usedBy({ images, source, sources, gitTag }: Release, used: ReadonlySet<string>): Release {
  return {
    images: Object.fromEntries(Object.entries(images).filter(([artifact]) => used.has(artifact))),
    ...(source === undefined ? {} : { source }),
    ...(sources === undefined ? {} : { sources }),
    ...(gitTag === undefined ? {} : { gitTag }),
  };
}
