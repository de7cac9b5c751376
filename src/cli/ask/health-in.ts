import { ClusterError, refusalIn } from '../../clients/kubernetes/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import { isDone, type LiveApplication } from '../../engines/live-application.ts';
import { environmentOf } from '../../model/delivery.ts';
import { applicationsOf } from '../../model/derived/units.ts';
import type { HealthOf } from '../../ops/health/health-of.ts';
import { clusterOf } from '../project/cluster-of.ts';
import type { OpenProject } from '../project/open-project.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';

/** Asks the environment's cluster for its health at a commit; where none is in reach, why. One that runs another commit has not verified this one. */
export const healthIn =
  (project: OpenProject): HealthOf =>
  async (unit, commit) => {
    const environment = environmentOf(project.delivery, unit.environment);
    const own = applicationsOf(environment, unit);
    // Most promotions come from a build, and ask no cluster: what asks one is loaded by those that do.
    const { openCluster } = await import('../../clients/kubernetes/open-cluster.ts');
    try {
      const cluster = openCluster({ ...clusterOf(project, environment, undefined), timeoutMs: 5000 });
      const applications = await readLiveState(cluster, {
        delivery: project.delivery,
        environment,
        opsRepository: opsAddressOf(project.delivery, environment.name),
      });
      return {
        health: healthAt(
          // In the order of the environment's.
          applications.filter((_, i) => own.some((application) => application === environment.applications[i])),
          commit,
        ),
      };
    } catch (error) {
      if (error instanceof ClusterError) return { notAsked: refusalIn(error) };
      throw error;
    }
  };

/** The worst of what the engine says of a commit, or that it says nothing of it. */
export function healthAt(applications: readonly LiveApplication[], commit: string): string {
  const elsewhere = applications.find(({ revision }) => revision !== commit);
  if (elsewhere !== undefined) {
    const where = elsewhere.revision === undefined ? 'no commit yet' : elsewhere.revision.slice(0, 12);
    return `unknown: ${elsewhere.name} is at ${where}, not at ${commit.slice(0, 12)}`;
  }
  const ailing = applications.find(({ health }) => health !== 'Healthy');
  if (ailing !== undefined) return ailing.health;
  const busy = applications.find((application) => !isDone(application, commit));
  if (busy === undefined) return 'Healthy';
  const { name, sync, operation = 'Succeeded' } = busy;
  return `unknown: ${name} is ${sync}${operation === 'Succeeded' ? '' : `, its operation ${operation}`}`;
}
