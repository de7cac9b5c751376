import type { Binding } from '../../engines/binding.ts';
import { otherFollowers } from '../../engines/other-followers.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { lacks, type Examined } from './examined.ts';

/** Engines that follow an environment besides its own: each prunes what the other is told to make. */
export async function findOtherEngines(cluster: Cluster, binding: Binding): Promise<readonly Examined[]> {
  const found = await Promise.all(
    otherFollowers(binding).map(async ({ watched, letGo }): Promise<readonly Examined[]> => {
      const { apiVersion, kind, name, namespace } = watched;
      if ((await cluster.read(apiVersion, kind, name, namespace)) === undefined) return [];
      return [
        lacks(
          `${kind} ${name}`,
          `follows ${binding.environment.name} too, so each engine prunes what the other one makes; it has to let go before it is deleted`,
          letGo(watched, `kubectl --context ${cluster.context}`).join('\n'),
        ),
      ];
    }),
  );
  return found.flat();
}
