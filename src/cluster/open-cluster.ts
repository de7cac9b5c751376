import { ApiException, KubernetesObjectApi, VersionApi } from '@kubernetes/client-node';
import { askWhileBusy, isBusy } from './ask-while-busy.ts';
import { everyEngine } from '../engines/engines.ts';
import { hidden } from '../objects/hidden.ts';
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
    throw new ClusterError(`the kubeconfig has no context "${name}"; ${known}`, 'kubeconfig');
  }
  config.setCurrentContext(name);
  const objects = KubernetesObjectApi.makeApiClient(config);
  const server = config.getCurrentCluster()?.server ?? '';

  const ask = async <T>(request: string, work: () => Promise<T>): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new ClusterError(
            `the cluster of context "${name}" (${server}) did not answer within ${timeoutMs / 1000} s; is it running, and in reach?`,
            'unreachable',
          ),
        );
      }, timeoutMs);
    });
    try {
      return await Promise.race([askWhileBusy(work, timeoutMs * 0.9), late]);
    } catch (error) {
      if (error instanceof ClusterError) throw error;
      if (error instanceof ApiException && error.code === 404) return undefined;
      const code = error instanceof ApiException ? (error as ApiException<unknown>).code : undefined;
      if (code === 401)
        throw new ClusterError(
          `the login of context "${name}" is not accepted (401): it expired or was rotated; log in again, then look with: kubectl --context ${name} get namespaces`,
          'login',
          { cause: error },
        );
      if (code === 403)
        throw new ClusterError(
          `the account of context "${name}" may not ${request} (403); docs/reader-role.yaml allows what is read, and nothing else`,
          'forbidden',
          { cause: error },
        );
      if (isBusy(error))
        throw new ClusterError(
          `the cluster of context "${name}" (${server}) is busy or starting (${error.code}), still after it was asked again for ${timeoutMs / 1000} s; run the same command again in a minute`,
          'unreachable',
          { cause: error },
        );
      // The client says so of a kind that the API server does not serve.
      if (error instanceof Error && error.message.startsWith('Unrecognized API version and kind')) return undefined;
      throw new ClusterError(
        `the cluster of context "${name}" (${server}) could not be reached (${reasonOf(error)}); is it running, and in reach?`,
        'unreachable',
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
    }
  };

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

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'no reason given';
}
