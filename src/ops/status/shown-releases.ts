import type { Delivery } from '../../model/delivery.ts';
import { applicationsOf } from '../../model/derived/units.ts';
import type { UnitStatus } from './read-status.ts';

/** What a picture says of each environment that something is published to: its release, or those of its applications. */
export const shownReleases = (
  { environments }: Delivery,
  statuses: readonly UnitStatus[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    environments.flatMap((environment) => {
      const shown = statuses.flatMap(({ published, ...unit }) =>
        unit.environment !== environment.name ||
        published === undefined ||
        applicationsOf(environment, unit).length === 0
          ? []
          : [unit.application === undefined ? published.release : `${unit.application} ${published.release}`],
      );
      return shown.length === 0 ? [] : [[environment.name, shown.join(', ')]];
    }),
  );
