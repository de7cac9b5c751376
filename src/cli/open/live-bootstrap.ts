import { ClusterError } from '../../clients/kubernetes/cluster.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import { initialReleaseOf, render } from '../trees/rendering.ts';
import { clusterOf } from '../project/cluster-of.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Milliseconds that a write waits for an answer of the cluster. */
const patience = 5000;

/** The objects of `bootstrap/` as the environment's cluster has them; nothing where it is not in reach, or may not be asked. */
export async function liveBootstrap(
  project: OpenProject,
  environment: Environment,
): Promise<readonly KubernetesObject[] | undefined> {
  const { openCluster } = await import('../../clients/kubernetes/open-cluster.ts');
  try {
    const cluster = openCluster({ ...clusterOf(project, environment, undefined), timeoutMs: patience });
    const { objects } = render(project, environment, initialReleaseOf(project.delivery, environment));
    const live = await Promise.all(
      objects
        .filter(({ path }) => path.startsWith('bootstrap/'))
        .map(({ object: { apiVersion, kind, metadata } }) =>
          cluster.read(apiVersion, kind, metadata.name, metadata.namespace),
        ),
    );
    return live.filter((object) => object !== undefined);
  } catch (error) {
    if (error instanceof ClusterError) return undefined;
    throw error;
  }
}
