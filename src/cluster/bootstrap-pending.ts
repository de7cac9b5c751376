import { everyEngine } from '../engines/engines.ts';
import type { KubernetesObject } from '../model/application.ts';
import type { Cluster } from '../clients/kubernetes/cluster.ts';
import { listAt } from '../objects/fields-at.ts';

/** Objects of `bootstrap/` that the cluster does not have as the branch has them, as `Kind/name`. */
export async function bootstrapPending(
  cluster: Cluster,
  bootstrap: readonly KubernetesObject[],
): Promise<readonly string[]> {
  const pending = await Promise.all(
    bootstrap.map(async (object) => {
      const live = await cluster.read(object.apiVersion, object.kind, object.metadata.name, object.metadata.namespace);
      return live !== undefined && contains(live, object) && !goesBeyond(live, object)
        ? []
        : [`${object.kind}/${object.metadata.name}`];
    }),
  );
  return pending.flat();
}

/** Whether the cluster still has a list that the branch says no more. Other fields that somebody added are their business. */
const goesBeyond = (live: KubernetesObject, wanted: KubernetesObject): boolean =>
  everyEngine
    .filter((engine) => engine.owns(wanted))
    .flatMap(({ wholeLists }) => wholeLists)
    .some((list) => listAt(live, 'spec', list).length > 0 && listAt(wanted, 'spec', list).length === 0);

/** Whether everything that `wanted` says is so in `live`; what the cluster adds is its own business. */
function contains(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(live) && live.length === wanted.length && wanted.every((item, i) => contains(live[i], item));
  if (typeof wanted === 'object' && wanted !== null) {
    return (
      typeof live === 'object' &&
      live !== null &&
      Object.entries(wanted).every(
        ([key, value]) => contains((live as Record<string, unknown>)[key], value) || isEmpty(value),
      )
    );
  }
  return live === wanted;
}

/** An empty value that the API server does not keep, e.g. `allowEmpty: false`. */
const isEmpty = (value: unknown): boolean =>
  value === false || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
