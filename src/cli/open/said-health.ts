import { environmentOf } from '../../model/delivery.ts';
import { engineWordOf } from '../../model/derived/looks/engine-word.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { applicationsOf } from '../../model/derived/units.ts';
import type { HealthOf } from '../../ops/health/health-of.ts';
import { reportedHealth } from '../../ops/health/reported-health.ts';
import { healthIn } from '../ask/health-in.ts';
import { statusesOf } from './github-access.ts';
import type { OpenProject } from '../project/open-project.ts';

/**
 * Asks how a unit is at a commit: where its engine says so on the commit itself, whoever keeps that; else, and where that gives no answer, the
 * environment's cluster. Where nobody is in reach, why.
 */
export const saidHealth =
  (project: OpenProject): HealthOf =>
  async (unit, commit) => {
    const said = await reported(project, unit, commit);
    if (said !== undefined && 'health' in said) return said;
    const live = await healthIn(project)(unit, commit);
    return said === undefined || 'health' in live ? live : { notAsked: `${said.notAsked}; ${live.notAsked}` };
  };

/**
 * Asks the host of the ops repository what the engine said of a commit.
 *
 * @returns what {@link HealthOf} says; nothing where an engine of the unit says so in its cluster alone
 */
async function reported(
  { delivery, settings }: OpenProject,
  ...[unit, commit]: Parameters<HealthOf>
): Promise<Awaited<ReturnType<HealthOf>> | undefined> {
  const environment = environmentOf(delivery, unit.environment);
  const own = applicationsOf(environment, unit);
  const words = own.flatMap((application) => engineWordOf(delivery, environment, application) ?? []);
  if (words.length === 0 || words.length < own.length) return undefined;
  const address = opsAddressOf(delivery, unit.environment);
  const said = await statusesOf(address, commit, process.env, settings.platform);
  return 'notAsked' in said ? said : { health: reportedHealth(words, said.statuses) };
}
