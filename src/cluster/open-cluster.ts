import { ApiException, KubernetesObjectApi, VersionApi } from '@kubernetes/client-node';
import { ClusterError, type Cluster, type LiveObject } from './cluster.ts';
import { loadKubeconfig } from './load-kubeconfig.ts';

/** Which cluster, and how long to wait for it. */
export interface ClusterAddress {
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /** Milliseconds before one request is given up. @default 10000 */
  readonly timeoutMs?: number;
}

/**
 * Opens the cluster that the kubeconfig knows (`KUBECONFIG`, else `~/.kube/config`), to read from it. Asks nothing yet.
 *
 * @throws ClusterError when the kubeconfig cannot be read, or no such context in it
 */
export function openCluster({ context, timeoutMs = 10_000 }: ClusterAddress = {}): Cluster {
  const config = loadKubeconfig(process.env['KUBECONFIG']);
  const contexts = config.getContexts().map(({ name }) => name);
  const name = context ?? config.getCurrentContext();
  if (!contexts.includes(name)) {
    const known =
      contexts.length === 0 || contexts.join() === 'loaded-context'
        ? 'it has none; is KUBECONFIG set?'
        : `it has ${contexts.join(', ')}`;
    throw new ClusterError(`the kubeconfig has no context "${name}"; ${known}`);
  }
  config.setCurrentContext(name);
  const objects = KubernetesObjectApi.makeApiClient(config);
  const server = config.getCurrentCluster()?.server ?? '';

  const ask = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new ClusterError(
            `the cluster of context "${name}" (${server}) did not answer within ${timeoutMs / 1000} s; is it running, and in reach?`,
          ),
        );
      }, timeoutMs);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      if (error instanceof ClusterError) throw error;
      if (error instanceof ApiException && error.code === 404) return undefined;
      if (error instanceof ApiException && (error.code === 401 || error.code === 403)) {
        throw new ClusterError(
          `the account of context "${name}" may not read this (${error.code}); it needs the ClusterRole "view", and to get and list Argo CD Applications`,
          { cause: error },
        );
      }
      // The client says so of a kind that the API server does not serve.
      if (error instanceof Error && error.message.startsWith('Unrecognized API version and kind')) return undefined;
      throw new ClusterError(
        `the cluster of context "${name}" (${server}) could not be reached (${reasonOf(error)}); is it running, and in reach?`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    context: name,

    async version() {
      const code = await ask(() => config.makeApiClient(VersionApi).getCode());
      if (code === undefined)
        throw new ClusterError(`the server of context "${name}" (${server}) is not a Kubernetes API server`);
      return `${code.major}.${code.minor.replace(/\D+$/, '')}`;
    },

    async read(apiVersion, kind, objectName, namespace) {
      const found = await ask(() =>
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
      const found = await ask(() =>
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

/** Keeps a Secret's keys and drops its values before anybody can print them. */
function withoutSecrets(object: object): LiveObject {
  // The client gives what the server sent; the server always sends name and kind.
  const live = object as LiveObject;
  if (live.kind !== 'Secret') return live;
  const keys = Object.keys((live['data'] as Record<string, unknown> | undefined) ?? {});
  return {
    ...live,
    data: Object.fromEntries(keys.map((key) => [key, ''])),
    metadata: { ...live.metadata, annotations: {} },
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'no reason given';
}
