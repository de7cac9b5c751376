import { unlessForbidden, type Cluster } from '../../clients/kubernetes/cluster.ts';
import type { Ailment } from '../../engines/ailment.ts';
import type { WatchedObject } from '../../engines/watched-object.ts';
import type { KubernetesObject } from '../../model/application.ts';

/** What stands beside a watched object, and what of it this account may not read. */
export interface Beside {
  readonly there: readonly KubernetesObject[];
  readonly hidden: readonly Ailment[];
}

/** Reads what stands beside a watched object. What this account may not read is said in its place. */
export async function readBeside(cluster: Cluster, asked: readonly WatchedObject[]): Promise<Beside> {
  const looked = await Promise.all(
    asked.map(({ apiVersion, kind, name, namespace }) =>
      unlessForbidden(
        async (): Promise<Beside> => {
          const live = await cluster.read(apiVersion, kind, name, namespace);
          return { there: live === undefined ? [] : [live], hidden: [] };
        },
        (why) => ({ there: [], hidden: [{ object: `${kind}/${name}`, message: `cannot be looked at: ${why}` }] }),
      ),
    ),
  );
  return { there: looked.flatMap(({ there }) => there), hidden: looked.flatMap(({ hidden }) => hidden) };
}
