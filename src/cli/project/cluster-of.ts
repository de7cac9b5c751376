import type { ClusterAddress } from '../../clients/kubernetes/connect.ts';
import type { Environment } from '../../model/environment.ts';
import type { OpenProject } from './open-project.ts';

/** The cluster of an environment: the context that was asked for, else the one its stack file names, else the current one. */
export function clusterOf(
  { settings }: OpenProject,
  environment: Environment,
  asked: string | undefined,
): ClusterAddress {
  const context = asked ?? settings.environments[environment.name]?.kubernetesContext;
  return context === undefined ? {} : { context };
}
