import { ClusterError, refusalIn } from '../../clients/kubernetes/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { applicationsOf, holdsBootstrap, type UnitName } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { clusterOf } from '../project/cluster-of.ts';
import type { OpenProject } from '../project/open-project.ts';
import { pendingBootstrap } from '../trees/pending-bootstrap.ts';
import type { Live } from '../words/describe-status.ts';

/** Whether and how the clusters of a command are asked. */
export interface ClusterFlags {
  /** Context of the kubeconfig. @default - that of the stack file */
  readonly context?: string;
  /** Whether a cluster is asked at all. */
  readonly cluster: boolean;
}

/** What the clusters of some environments say, by unit; an environment whose cluster does not answer says why. */
export async function askClusters(
  project: OpenProject,
  ops: OpsContext,
  environments: readonly Environment[],
  { context, cluster }: ClusterFlags,
): Promise<(unit: UnitName) => Live> {
  const { delivery } = project;
  const lives = new Map(
    await Promise.all(
      environments.map(async (environment): Promise<[string, Live]> => [
        environment.name,
        cluster ? await askCluster(project, ops, environment, context) : { notAsked: 'not asked' },
      ]),
    ),
  );
  return (unit) => liveOf(delivery, unit, lives.get(unit.environment));
}

async function askCluster(
  project: OpenProject,
  ops: OpsContext,
  environment: Environment,
  asked: string | undefined,
): Promise<Live> {
  const { openCluster } = await import('../../clients/kubernetes/open-cluster.ts');
  try {
    const cluster = openCluster({ ...clusterOf(project, environment, asked), timeoutMs: 5000 });
    const opsRepository = opsAddressOf(project.delivery, environment.name);
    const [applications, bootstrap] = await Promise.all([
      readLiveState(cluster, { delivery: ops.delivery, environment, opsRepository }),
      pendingBootstrap(cluster, ops, environment.name),
    ]);
    return { applications, ...bootstrap };
  } catch (error) {
    if (error instanceof ClusterError) return { notAsked: `not asked: ${refusalIn(error)}` };
    throw error;
  }
}

/** What the cluster says of one unit of an environment. */
function liveOf(delivery: Delivery, unit: UnitName, live: Live = { notAsked: 'not asked' }): Live {
  if ('notAsked' in live) return live;
  const environment = environmentOf(delivery, unit.environment);
  const own = applicationsOf(environment, unit);
  return {
    // In the order of the environment's.
    applications: live.applications.filter((_, i) => own.some((it) => it === environment.applications[i])),
    ...(holdsBootstrap(unit)
      ? { pending: live.pending, lacking: live.lacking, steps: live.steps }
      : { pending: [], lacking: [], steps: [] }),
  };
}
