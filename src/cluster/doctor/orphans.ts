import type { AnyEngine } from '../../engines/engine.ts';
import { everyIngress } from '../../ingresses/ingresses.ts';
import { allowedNamespacesOf, namespacesOf } from '../../model/derived/places/namespaces.ts';
import type { Environment } from '../../model/environment.ts';
import { unlessForbidden, type Cluster, type LiveObject } from '../../clients/kubernetes/cluster.ts';
import { listAt } from '../../objects/fields-at.ts';
import { lacks, type Examined } from './examined.ts';
import type { BootstrapQuestion } from './followed.ts';

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
  ['v1', 'ConfigMap'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ...everyIngress.flatMap(({ drawn }) => drawn),
];

/** Kinds whose removal ends data: they are looked at first. */
const withData = new Set(['PersistentVolumeClaim', 'StatefulSet']);

/**
 * Objects that carry the mark of one of the environment's applications, which does not look after them: their kind was no longer allowed
 * before they were pruned. They run on, under "Synced, Healthy".
 */
export async function findOrphans(
  cluster: Cluster,
  question: BootstrapQuestion,
  engine: AnyEngine,
): Promise<readonly Examined[]> {
  const { environment, rendered } = question;
  const looked = allowedNamespacesOf(environment);
  const tracked = new Map(
    await Promise.all(
      environment.applications.map(async (one) => {
        const { apiVersion, kind, name, namespace } = engine.watches(question, one);
        const live = await cluster.read(apiVersion, kind, name, namespace);
        return [name, new Set(live === undefined ? [] : engine.looksAfter(live).map(textOfResource))] as const;
      }),
    ),
  );
  const kinds = new Map(
    [
      ...namespacesOf(environment).flatMap((namespace) =>
        known.map(([apiVersion, kind]) => [apiVersion, kind, namespace] as const),
      ),
      ...rendered.objects.flatMap(({ object: { apiVersion, kind, metadata } }) =>
        metadata.namespace === undefined || !looked.includes(metadata.namespace)
          ? []
          : [[apiVersion, kind, metadata.namespace] as const],
      ),
    ].map((one) => [one.join(' '), one]),
  );
  const found = await Promise.all(
    [...kinds.values()].map(([apiVersion, kind, namespace]) =>
      // A kind that may not be listed is named where it is needed; here it only hides its own orphans.
      unlessForbidden(
        () => cluster.list(apiVersion, kind, namespace),
        () => [],
      ),
    ),
  );
  return found.flat().flatMap((object): readonly Examined[] => {
    const mark = engine.markOf(object) ?? '';
    const resources = tracked.get(mark);
    // One that never compared anything looks after nothing yet.
    if (resources === undefined || resources.size === 0 || listAt(object, 'metadata', 'ownerReferences').length > 0)
      return [];
    return resources.has(identityOf(object)) ? [] : [describe(cluster, environment, object, mark)];
  });
}

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

const textOfResource = ({ group, kind, name }: ReturnType<AnyEngine['looksAfter']>[number]): string =>
  [group, kind, name].join('|');

const identityOf = ({ apiVersion, kind, metadata }: LiveObject): string =>
  textOfResource({ group: groupOf(apiVersion), kind, name: metadata.name });

function describe(cluster: Cluster, environment: Environment, object: LiveObject, mark: string): Examined {
  const { kind, metadata } = object;
  const { namespace = environment.namespace } = metadata;
  const resource = [kind.toLowerCase(), groupOf(object.apiVersion)].filter((part) => part !== '').join('.');
  const kubectl = `kubectl --context ${cluster.context} -n ${namespace}`;
  return lacks(
    `${kind} ${metadata.name}`,
    `is orphaned: it is marked as ${mark}'s, which does not look after it, so it is neither changed nor pruned`,
    withData.has(kind)
      ? `${kubectl} get ${resource} ${metadata.name} -o yaml`
      : `${kubectl} delete ${resource} ${metadata.name}`,
  );
}
