import { chartsOfEngine } from '../../model/charts/helm-chart.ts';
import { engineNamespaceOf } from '../../model/environment.ts';
import { argoApplicationName, argoProjectName } from '../../model/names.ts';
import type { EnginePlugin } from '../engine.ts';
import { applies, argoApplication } from './application.ts';
import { againstCopies, remakes } from './applying.ts';
import { argoProject } from './app-project.ts';
import { chartFiles } from './charts/chart-files.ts';
import { marks } from './marks.ts';
import { needs } from './cluster/needs.ts';
import { repositorySecret, shownKeys } from './cluster/repository-secret.ts';
import { setUp } from './cluster/set-up.ts';
import { letGo, looksAfter, markOf, suspension } from './cluster/tracking.ts';
import { appProject } from './checks/app-project.ts';
import { awaitedRevision } from './checks/awaited-revision.ts';
import { followedBranch } from './checks/followed-branch.ts';
import { syncPolicy } from './checks/sync-policy.ts';
import { syncedJobs } from './checks/synced-jobs.ts';
import { exposuresOf } from './exposures.ts';
import { elsewhere, judge, watches } from './live.ts';
import { argoOrder } from './order/argo-order.ts';
import { annotationReferences, references } from './references.ts';
import { readAddress, sshKey } from './repository-address.ts';
import { apiGroupOfArgo, syncOptions } from './settings.ts';
import { words } from './words.ts';

/** Argo CD: one AppProject for each environment, one Application for each application. */
export const argocd: EnginePlugin<'argocd'> = {
  kind: 'argocd',
  title: 'Argo CD',
  setUp,
  repositoryAddress: readAddress,
  sshKey,
  usual: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
  marks,

  bootstrap({ delivery, environment, opsRepository }, followed) {
    if (followed.length === 0) return [];
    const project = argoProjectName(delivery, environment);
    const address = readAddress(environment, opsRepository);
    return [
      {
        id: 'project',
        order: 20,
        object: argoProject({
          name: project,
          environment,
          opsRepository: address,
          objects: followed.flatMap(({ objects }) => objects),
          chartKinds: followed.flatMap(({ application }) =>
            chartsOfEngine(application).flatMap(({ renderedBy }) => renderedBy.kinds),
          ),
        }),
      },
      ...followed.map(({ application, engine }) => ({
        id: `application-${application.name}`,
        order: 30,
        object: argoApplication({
          name: argoApplicationName(delivery, environment, application),
          project,
          environment,
          application,
          opsRepository: address,
          ...(engine === undefined
            ? {}
            : {
                prune: engine.prune,
                selfHeal: engine.selfHeal,
                applyOutOfSyncOnly: engine.applyOutOfSyncOnly ?? false,
              }),
        }),
      })),
    ];
  },

  chartFiles,
  // A dependency of a chart has no digest.
  fetchesByVersion: () => true,

  ownKinds: 'AppProject and Application',
  owns: ({ apiVersion }) => apiVersion.startsWith(`${apiGroupOfArgo}/`),
  namespaceOf: engineNamespaceOf,
  needs,
  wholeLists: ['ignoreDifferences', 'sources', 'clusterResourceWhitelist', 'namespaceResourceWhitelist'],
  markOf,
  looksAfter,
  letGo,
  suspension,
  repositorySecret,
  shownKeys,

  watches,
  beside: () => [],
  elsewhere,
  judge,
  applies,

  keeps: ({ metadata }) =>
    (metadata.annotations?.[syncOptions] ?? '')
      .split(',')
      .map((option) => option.trim())
      .includes('Prune=false'),
  remakes,
  againstCopies,
  parameters: { 'Application.argoproj.io': ['spec.source.helm.parameters'] },
  references,
  annotationReferences,
  exposures: exposuresOf,
  order: argoOrder,
  words,
  checks: [appProject, followedBranch, syncPolicy, syncedJobs, awaitedRevision],
};
