import { nameOf, type UnitName } from '../../model/derived/units.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Release } from '../../model/release.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import { compareCharts, describeCompared, isPushedAgain } from './charts-by-version.ts';

/**
 * Lets no release in with a chart that its engine would fetch by its version, and of which the registry has another archive by now than the one
 * that was approved. What comes back are sentences for people: of charts that could not be compared.
 *
 * @param resolve - undefined where nobody is to be asked: nothing is compared then
 * @throws OpsError when a chart was pushed again
 */
export async function refusePushedAgain(
  delivery: Delivery,
  unit: UnitName,
  release: Release,
  resolve: ((reference: string) => Promise<string>) | undefined,
): Promise<readonly string[]> {
  if (resolve === undefined) return [];
  const compared = await compareCharts(delivery, unit, release, resolve);
  const [first, ...others] = compared.filter(isPushedAgain).map((chart): Refusal => ({
    code: 'other-bits',
    what: describeCompared(chart) ?? '',
    next: 'promote a version of its own: one that ran stands for the same archive for ever; or push the archive of the release again',
  }));
  if (first !== undefined) throw new OpsError(`${nameOf(unit)} was not promoted`, [first, ...others]);
  return compared.flatMap((chart) => describeCompared(chart) ?? []);
}
