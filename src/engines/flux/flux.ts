import type { KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { allowedNamespacesOf } from '../../model/derived/places/namespaces.ts';
import { branchOf } from '../../model/derived/units.ts';
import { fluxName, kustomizationName } from '../../model/names.ts';
import type { EnginePlugin } from '../engine.ts';
import { account } from './account/account.ts';
import { chartFields } from './charts/chart-fields.ts';
import { helmAccounts } from './charts/helm-account.ts';
import { helmRelease } from './charts/helm-release.ts';
import { helmRepository } from './charts/helm-repository.ts';
import { ociRepository } from './charts/oci-repository.ts';
import { accountRights } from './checks/account-rights.ts';
import { fetchedBranch } from './checks/fetched-branch.ts';
import { kustomizationPolicy } from './checks/kustomization-policy.ts';
import { releaseJobs } from './checks/release-jobs.ts';
import { substitutedText } from './checks/substituted-text.ts';
import { waitingCircles } from './checks/waiting-circles.ts';
import { needs } from './cluster/needs.ts';
import { repositorySecret } from './cluster/repository-secret.ts';
import { setUp } from './cluster/set-up.ts';
import { letGo, looksAfter, markOf, suspension } from './cluster/tracking.ts';
import { exposuresOf } from './exposures.ts';
import { gitRepository } from './git-repository.ts';
import { isHook } from './hooks.ts';
import { applies } from './kustomization.ts';
import { kustomizations } from './kustomizations.ts';
import { beside, elsewhere, judge, watches } from './live.ts';
import { fluxOrder } from './order/flux-order.ts';
import { references } from './references.ts';
import { readAddress, sshKey } from './repository-address.ts';
import { marks } from './marks.ts';
import { notifications } from './notifications.ts';
import { forceMark, isJobOfRelease, isKept, isOwnApi } from './settings.ts';
import { words } from './words.ts';

/** Minutes between two looks where no stage says how many. */
const usualPollMinutes = 1;

/** Id of the construct of a part of the account: a kind has one in each namespace. */
const idOfRight = (environment: Environment, { kind, metadata }: KubernetesObject): string => {
  const [, ...others] = allowedNamespacesOf(environment);
  const further = others.find((namespace) => namespace === metadata.namespace);
  return `account-${kind}${further === undefined ? '' : `-${further}`}`;
};

/** Flux: one account for each environment, one GitRepository and one Kustomization for each application. */
export const flux: EnginePlugin<'flux'> = {
  kind: 'flux',
  title: 'Flux',
  setUp,
  repositoryAddress: readAddress,
  sshKey,
  usual: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: usualPollMinutes },
  marks,

  bootstrap({ delivery, environment, opsRepository }, followed) {
    if (followed.length === 0) return [];
    const name = fluxName(delivery, environment);
    const address = readAddress(environment, opsRepository);
    const objects = followed.flatMap((each) => each.objects);
    const prunes = followed.some(({ engine }) => engine?.prune ?? true);
    const told = followed.map(({ application, engine, objects: own }) => ({
      name: kustomizationName(delivery, environment, application),
      application,
      objects: own,
      prune: engine?.prune ?? true,
      pollMinutes: engine?.pollMinutes ?? usualPollMinutes,
    }));
    return [
      ...account({ name, environment, objects, prunes }).map((object, i) => ({
        id: idOfRight(environment, object),
        order: 20 + i,
        object,
      })),
      ...followed
        .flatMap(({ application }) => helmAccounts(environment, application))
        .map((each, i) => ({ ...each, order: 24 + (i % 3) })),
      ...told.map(({ name: source, application, pollMinutes }) => {
        const branch = branchOf(environment, application);
        const input = { name: source, environment, branch, opsRepository: address, pollMinutes };
        return { id: `source-${application.name}`, order: 30, object: gitRepository(input) };
      }),
      ...kustomizations({ environment, account: name }, told).map((object) => ({
        id: `kustomization-${object.metadata.name}`,
        order: 40,
        object,
      })),
      ...notifications({ delivery, environment, opsRepository }, followed),
    ];
  },

  chartObjects: (chart) => {
    const { helmRepository: url } = chart.renderedBy;
    const { source, release } = chartFields(chart);
    return [
      { object: url === undefined ? ociRepository(chart) : helmRepository(chart, url), fields: source },
      { object: helmRelease(chart), fields: release },
    ];
  },

  fetchesByVersion: ({ helmRepository: url }) => url !== undefined,

  ownKinds: 'GitRepository and Kustomization',
  owns: ({ apiVersion }) => isOwnApi(apiVersion),
  namespaceOf: (environment) => engineNamespaceOf(environment, 'flux'),
  needs,
  wholeLists: [
    'components',
    'dependsOn',
    'eventSources',
    'exclusionList',
    'healthChecks',
    'ignore',
    'images',
    'include',
    'inclusionList',
    'patches',
    'sparseCheckout',
  ],
  markOf,
  looksAfter,
  letGo,
  suspension,
  repositorySecret,
  // Its Secret has no mark that tells it apart from any other.
  shownKeys: () => [],

  watches,
  beside,
  elsewhere,
  judge,
  applies,

  keeps: isKept,
  remakes: (object) =>
    isHook(object) || isJobOfRelease(object) || object.metadata.annotations?.[forceMark] === 'enabled',
  // It applies on the server's side, which keeps no copy.
  againstCopies: () => undefined,
  parameters: {},
  references,
  annotationReferences: [],
  exposures: exposuresOf,
  order: fluxOrder,
  words,
  checks: [accountRights, fetchedBranch, kustomizationPolicy, substitutedText, releaseJobs, waitingCircles],
};
