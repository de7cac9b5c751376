import { CoreV1Api, CustomObjectsApi } from '@kubernetes/client-node';
import type { Cluster } from './cluster.ts';
import { connect, type ClusterAddress } from './connect.ts';
import { readingFrom } from './open-cluster.ts';

/** A Secret as it is in the cluster. Its values never leave this program. */
export interface LiveSecret {
  readonly annotations: Readonly<Record<string, string>>;
  /** Decoded values by key. */
  readonly values: ReadonlyMap<string, string>;
}

/** A cluster that is read before something is set up in it: whoever gives passwords may compare them with those in use. */
export interface SetUpCluster extends Cluster {
  /** A Secret with its values; nothing when there is none. */
  secret(name: string, namespace: string): Promise<LiveSecret | undefined>;
  /** Kinds of an API group that the cluster serves in a version; none when it does not know the group. */
  kindsOf(apiVersion: string): Promise<ReadonlySet<string>>;
}

/**
 * Opens a cluster as `openCluster` does, and with the values of Secrets.
 *
 * @throws ClusterError when the kubeconfig cannot be read, or no such context in it
 */
export function openForSetUp(address: ClusterAddress): SetUpCluster {
  const connection = connect(address);
  const { config, ask } = connection;
  return {
    ...readingFrom(connection),

    async secret(name, namespace) {
      const found = await ask(`get Secret ${name} in the namespace ${namespace}`, () =>
        config.makeApiClient(CoreV1Api).readNamespacedSecret({ name, namespace }),
      );
      if (found === undefined) return undefined;
      return {
        annotations: found.metadata?.annotations ?? {},
        values: new Map(
          Object.entries(found.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
        ),
      };
    },

    async kindsOf(apiVersion) {
      const [group = '', version = ''] = apiVersion.split('/');
      const found = await ask(`get the kinds of ${apiVersion}`, () =>
        config.makeApiClient(CustomObjectsApi).getAPIResources({ group, version }),
      );
      return new Set((found?.resources ?? []).map(({ kind }) => kind));
    },
  };
}
