import { KubernetesObjectApi, VersionApi } from '@kubernetes/client-node';
import { everyEngine } from '../../engines/engines.ts';
import { hidden } from '../../objects/hidden.ts';
import { ClusterError, type Cluster, type LiveObject } from './cluster.ts';
import { connect, type ClusterAddress, type ClusterConnection } from './connect.ts';

/**
 * Opens the cluster that the kubeconfig knows (`KUBECONFIG`, else `~/.kube/config`), to read from it. Asks nothing yet.
 *
 * @throws ClusterError when the kubeconfig cannot be read, or no such context in it
 */
export const openCluster = (address: ClusterAddress = {}): Cluster => readingFrom(connect(address));

/** What is read of a cluster, without the values of its Secrets. */
export function readingFrom({ name, server, config, ask }: ClusterConnection): Cluster {
  const objects = KubernetesObjectApi.makeApiClient(config);
  return {
    context: name,

    async version() {
      const code = await ask('get the version', () => config.makeApiClient(VersionApi).getCode());
      if (code === undefined)
        throw new ClusterError(
          `the server of context "${name}" (${server}) is not a Kubernetes API server`,
          'unreachable',
        );
      return `${code.major}.${code.minor.replace(/\D+$/, '')}`;
    },

    async read(apiVersion, kind, objectName, namespace) {
      const found = await ask(requestOf('get', apiVersion, kind, namespace, objectName), () =>
        objects.read({
          apiVersion,
          kind,
          metadata: { name: objectName, ...(namespace === undefined ? {} : { namespace }) },
        }),
      );
      return found === undefined ? undefined : withoutSecrets({ ...found, apiVersion, kind });
    },

    async list(apiVersion, kind, namespace, labels = {}) {
      const selector = Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',');
      const found = await ask(requestOf('list', apiVersion, kind, namespace), () =>
        objects.list(
          apiVersion,
          kind,
          namespace,
          undefined,
          undefined,
          undefined,
          undefined,
          selector === '' ? undefined : selector,
        ),
      );
      return (found?.items ?? []).map((item) => withoutSecrets({ ...item, apiVersion, kind }));
    },
  };
}

/** A request in words, e.g. `list Job.batch in the namespace dev`. */
function requestOf(verb: string, apiVersion: string, kind: string, namespace?: string, name?: string): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  const what = `${verb} ${kind}${group}${name === undefined ? '' : ` ${name}`}`;
  return namespace === undefined ? what : `${what} in the namespace ${namespace}`;
}

/**
 * Keeps a Secret's keys and drops its values before anybody can print them, but for what an engine says of its key to a repository: there
 * an address may carry a password, which is left out.
 */
function withoutSecrets(object: object): LiveObject {
  // The client gives what the server sent; the server always sends name and kind.
  const live = object as LiveObject;
  if (live.kind !== 'Secret') return live;
  const shown = everyEngine.flatMap((engine) => engine.shownKeys(live));
  const data = Object.entries((live['data'] as Readonly<Record<string, string>> | undefined) ?? {});
  return {
    ...live,
    data: Object.fromEntries(
      data.map(([key, value]) => {
        if (value === '') return [key, ''];
        if (!shown.includes(key)) return [key, hidden];
        return [
          key,
          Buffer.from(value, 'base64')
            .toString('utf8')
            .replace(/\/\/[^/@]*@/, '//'),
        ];
      }),
    ),
    metadata: { ...live.metadata, annotations: {} },
  };
}
