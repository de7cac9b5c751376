import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { applicationsOf, type Unit } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import { OpsError } from '../ops-error.ts';
import { splitRelease } from '../release/application-releases.ts';

/**
 * The release that a unit starts from where its branch says none, by application.
 *
 * @param failed - what does not happen otherwise, e.g. `dev was not published`
 * @param why - why the branch says none @default 'the branch is new'
 * @throws OpsError when the program names none
 */
export function initialApplications(
  delivery: Delivery,
  unit: Unit,
  failed: string,
  why = 'the branch is new',
): Readonly<Record<string, Release>> {
  const environment = environmentOf(delivery, unit.environment);
  if (applicationsOf(environment, unit).length === 0) return {};
  const release = delivery.initialReleases[environment.name];
  if (release !== undefined) return splitRelease(environment, unit, release);
  throw new OpsError(failed, [
    {
      code: 'no-release',
      what: `${why} and the program names no first release for ${environment.name}`,
      next: `add initialReleases.${environment.name} to the delivery, or promote a release to it`,
    },
  ]);
}
