import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Release } from '../../model/release.ts';
import { OpsError } from '../ops-error.ts';
import { splitRelease } from '../release/application-releases.ts';

/**
 * The release that an environment starts from where its branch says none, by application.
 *
 * @param failed - what does not happen otherwise, e.g. `dev was not published`
 * @param why - why the branch says none @default 'the branch is new'
 * @throws OpsError when the program names none
 */
export function initialApplications(
  delivery: Delivery,
  environment: Environment,
  failed: string,
  why = 'the branch is new',
): Readonly<Record<string, Release>> {
  const release = delivery.initialReleases[environment.name];
  if (release !== undefined) return splitRelease(environment, release);
  throw new OpsError(failed, [
    {
      code: 'no-release',
      what: `${why} and the program names no first release for ${environment.name}`,
      next: `add initialReleases.${environment.name} to the delivery, or promote a release to it`,
    },
  ]);
}
