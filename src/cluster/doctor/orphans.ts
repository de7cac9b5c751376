import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { argoApplicationName } from '../../model/names.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { unlessForbidden, type Cluster, type LiveObject } from '../cluster.ts';
import { listOf, textOf } from '../fields.ts';
import { trackedBy } from './argo-cd.ts';
import { lacks, type Examined } from './examined.ts';

/** Kinds of a namespace that the program can render, besides those that it renders now. */
const known: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['batch/v1', 'CronJob'],
  ['batch/v1', 'Job'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['traefik.io/v1alpha1', 'IngressRoute'],
  ['traefik.io/v1alpha1', 'Middleware'],
  ['v1', 'ConfigMap'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
];

/** Kinds whose removal ends data: they are looked at first. */
const withData = new Set(['PersistentVolumeClaim', 'StatefulSet']);

/**
 * Objects that carry the mark of one of the environment's Applications, which does not look after them: their kind was no longer allowed
 * before Argo CD pruned them. They run on, under "Synced, Healthy".
 */
export async function findOrphans(
  cluster: Cluster,
  {
    delivery,
    environment,
    rendered,
  }: {
    readonly delivery: Delivery;
    readonly environment: Environment;
    readonly rendered: RenderedEnvironment;
  },
): Promise<readonly Examined[]> {
  const names = environment.applications.map((one) => argoApplicationName(delivery, environment, one));
  const applications = await Promise.all(
    names.map((name) => cluster.read('argoproj.io/v1alpha1', 'Application', name, 'argocd')),
  );
  const tracked = new Map(names.map((name, i) => [name, new Set(resourcesOf(applications[i]))]));
  const kinds = new Map(
    [
      ...known,
      ...rendered.objects
        .filter(({ object }) => object.metadata.namespace === environment.namespace)
        .map(({ object: { apiVersion, kind } }) => [apiVersion, kind] as const),
    ].map((one) => [one.join(' '), one]),
  );
  const found = await Promise.all(
    [...kinds.values()].map(([apiVersion, kind]) =>
      // A kind that may not be listed is named where it is needed; here it only hides its own orphans.
      unlessForbidden(
        () => cluster.list(apiVersion, kind, environment.namespace),
        () => [],
      ),
    ),
  );
  return found.flat().flatMap((object): readonly Examined[] => {
    const resources = tracked.get(trackedBy(object));
    // One that never compared anything looks after nothing yet.
    if (resources === undefined || resources.size === 0 || listOf(object, 'metadata', 'ownerReferences').length > 0)
      return [];
    return resources.has(identityOf(object)) ? [] : [describe(cluster, environment, object)];
  });
}

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

const identityOf = ({ apiVersion, kind, metadata }: LiveObject): string =>
  [groupOf(apiVersion), kind, metadata.name].join('|');

const resourcesOf = (application: LiveObject | undefined): readonly string[] =>
  listOf(application, 'status', 'resources').map((one) =>
    [textOf(one, 'group'), textOf(one, 'kind'), textOf(one, 'name')].join('|'),
  );

function describe(cluster: Cluster, { namespace }: Environment, object: LiveObject): Examined {
  const { kind, metadata } = object;
  const resource = [kind.toLowerCase(), groupOf(object.apiVersion)].filter((part) => part !== '').join('.');
  const kubectl = `kubectl --context ${cluster.context} -n ${namespace}`;
  return lacks(
    `${kind} ${metadata.name}`,
    `is orphaned: it is marked as ${trackedBy(object)}'s, which does not look after it, so it is neither changed nor pruned`,
    withData.has(kind)
      ? `${kubectl} get ${resource} ${metadata.name} -o yaml`
      : `${kubectl} delete ${resource} ${metadata.name}`,
  );
}
