import type { Application, KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { branchOf } from '../../model/derived/units.ts';
import { workloadName } from '../../model/names.ts';
import { foldersOf, readingOf } from './charts/chart-sources.ts';
import { argoApi, onlyDiffering, ownCluster } from './settings.ts';

/** Whether Argo CD applies a file: it looks for `*.yaml` in the folder itself, and not below it, and takes all of a chart's. */
export const applies = (application: Application, path: string): boolean => {
  const [own = '', ...ofCharts] = foldersOf(application).map((folder) => `${folder}/`);
  return (
    (path.startsWith(own) && /^[^/]+\.yaml$/.test(path.slice(own.length))) ||
    ofCharts.some((folder) => path.startsWith(folder))
  );
};

/** Which application Argo CD keeps equal to which folder. */
export interface ArgoApplicationInput {
  readonly name: string;
  /** Name of the AppProject that limits it. */
  readonly project: string;
  readonly environment: Environment;
  readonly application: Application;
  /** https URL that Argo CD reads. */
  readonly opsRepository: string;
  /** Whether what left the branch leaves the cluster. @default true */
  readonly prune?: boolean;
  /** Whether a change in the cluster is undone. @default true */
  readonly selfHeal?: boolean;
  /** Whether a sync applies what differs from the cluster, and nothing else. @default false */
  readonly applyOutOfSyncOnly?: boolean;
}

/**
 * The order to Argo CD to keep one application equal to the environment's branch: an Argo CD Application, which never creates
 * the namespace.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export function argoApplication(input: ArgoApplicationInput): KubernetesObject {
  const { name, project, environment, application, opsRepository } = input;
  const { prune = true, selfHeal = true, applyOutOfSyncOnly = false } = input;
  const scaled = application.services.filter((service) => service.autoscaling !== undefined);
  const [source, ...charts] = readingOf(environment, application).map((reading) => ({
    repoURL: opsRepository,
    targetRevision: branchOf(environment, application),
    ...reading,
  }));

  const metadata = {
    name,
    namespace: engineNamespaceOf(environment),
    finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'],
  };
  return {
    apiVersion: argoApi,
    kind: 'Application',
    metadata,
    spec: {
      project,
      ...(charts.length === 0 ? { source } : { sources: [source, ...charts] }),
      destination: { server: environment.cluster.server ?? ownCluster, namespace: environment.namespace },
      syncPolicy: {
        automated: { prune, selfHeal, allowEmpty: false },
        // PruneLast: an object that changes its kind has no gap.
        syncOptions: [
          ...(applyOutOfSyncOnly ? [onlyDiffering] : []),
          'PruneLast=true',
          ...(scaled.length === 0 ? [] : ['RespectIgnoreDifferences=true']),
        ],
        // refresh: a commit that mends a failing sync replaces it instead of waiting for its retries.
        retry: { limit: 10, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '1m' } },
      },
      ...(scaled.length === 0
        ? {}
        : {
            // Their autoscaler owns the number.
            ignoreDifferences: scaled.map((service) => ({
              group: 'apps',
              kind: service.workload ?? 'Deployment',
              name: workloadName(environment, service),
              jsonPointers: ['/spec/replicas'],
            })),
          }),
    },
  };
}
