import { environmentOf } from '../../model/delivery.ts';
import { nameOf, unitNameOf, type UnitName } from '../../model/derived/units.ts';
import { releaseId } from '../../model/release.ts';
import { readBranch } from '../branch/branch-state.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError, type OpsCode } from '../ops-error.ts';
import { isSameRelease } from '../order/release-order.ts';
import { sourceUnit, usedBy, type EnvironmentSource } from '../promote/candidate-from-environment.ts';
import { merged } from '../promote/release-to-run.ts';
import { promote, type PromoteOptions, type PromoteResult } from '../promote/promote.ts';
import { stageToEnter } from '../promote/stage-to-enter.ts';
import { artifactsOf } from '../../model/derived/object-images.ts';
import { wholeRelease } from '../release/release-record.ts';
import { unitNamed } from '../unit-named.ts';

/** A promotion for which it is too early: nothing is wrong, and the same may be asked again later. */
export interface Waiting extends UnitName {
  readonly branch: string;
  readonly outcome: 'waiting';
  /** What it waits for, as sentences without a full stop. */
  readonly because: readonly [string, ...string[]];
}

/** Reasons against a promotion that pass by themselves, or that a person gave and takes back. */
const EARLY: ReadonlySet<OpsCode> = new Set(['not-verified', 'held', 'declined']);

/**
 * Promotes what another environment runs as soon as somebody says that it is healthy there: for what asks again and again, with nobody
 * looking on. Without an answer nothing is promoted.
 *
 * @throws OpsError with every reason that does not pass by itself, among them that nobody can be asked
 */
export async function promoteWhenHealthy(
  context: OpsContext,
  options: Omit<PromoteOptions, 'source'> & { readonly source: EnvironmentSource },
): Promise<PromoteResult | Waiting> {
  const unit = unitNamed(context.delivery, options, 'was not promoted');
  const waiting = (...because: Waiting['because']): Waiting => ({
    ...unitNameOf(unit),
    branch: unit.branch,
    outcome: 'waiting',
    because,
  });
  const there = await sameThere(context, options);
  if (there !== undefined) return waiting(`${nameOf(unit)} runs ${there}, as ${options.source.environment} does`);
  try {
    const source = { ...options.source, mustBeHealthy: true };
    return await promote(context, { ...options, source, heedsDeclined: true });
  } catch (error) {
    if (!(error instanceof OpsError) || !error.refusals.every(({ code }) => EARLY.has(code))) throw error;
    const [first = error.subject, ...others] = error.refusals.map(({ what }) => what);
    return waiting(first, ...others);
  }
}

/** The release that both run already, for which nobody needs to be asked. */
async function sameThere(
  { repository, delivery }: OpsContext,
  { source, ...named }: UnitName & { readonly source: EnvironmentSource },
): Promise<string | undefined> {
  const unit = unitNamed(delivery, named, 'was not promoted');
  const stage = stageToEnter(delivery, unit);
  const from = sourceUnit(delivery, stage, source.environment);
  if (from === undefined) return undefined;
  const [taken, there] = await Promise.all(
    [from, unit].map(async (one) => readBranch(repository, delivery, one, await repository.tip(one.branch))),
  );
  if (taken?.kind !== 'ours' || there?.kind !== 'ours') return undefined;
  const used = artifactsOf(environmentOf(delivery, unit.environment), stage.application);
  const current = there.record.applications[stage.application];
  if (current === undefined) return undefined;
  const moved = merged(delivery, usedBy(wholeRelease(taken.record.applications), used), current, used);
  return isSameRelease(moved, current) ? releaseId(current) : undefined;
}
