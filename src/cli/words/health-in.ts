import { ClusterError } from '../../cluster/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import { openCluster } from '../../cluster/open-cluster.ts';
import { environmentOf } from '../../model/delivery.ts';
import type { HealthOf } from '../../ops/promote/candidate-from-environment.ts';
import { clusterOf } from '../open/cluster-of.ts';
import type { OpenProject } from '../open/open-project.ts';
import { opsRepositoryOf } from '../trees/rendering.ts';

/** Asks the environment's cluster for its health at a commit; says nothing where no cluster is in reach, or it runs another commit. */
export const healthIn =
  (project: OpenProject): HealthOf =>
  async (name, commit) => {
    const environment = environmentOf(project.delivery, name);
    try {
      const cluster = openCluster({ ...clusterOf(project, environment, undefined), timeoutMs: 5000 });
      const applications = await readLiveState(cluster, {
        delivery: project.delivery,
        environment,
        opsRepository: opsRepositoryOf(project.settings, environment),
      });
      const atCommit = applications.filter(({ revision }) => revision === commit);
      if (atCommit.length < applications.length) return undefined;
      return atCommit.find(({ health }) => health !== 'Healthy')?.health ?? 'Healthy';
    } catch (error) {
      if (error instanceof ClusterError) return undefined;
      throw error;
    }
  };
