import { ApiException, type KubeConfig } from '@kubernetes/client-node';
import { whyUnreachable } from '../http/why-unreachable.ts';
import { askWhileBusy, isBusy } from './ask-while-busy.ts';
import { ClusterError } from './cluster.ts';
import { loadKubeconfig } from './load-kubeconfig.ts';

/** Which cluster, and how long to wait for it. */
export interface ClusterAddress {
  /** Files of the kubeconfig, as KUBECONFIG has them. @default - those of KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string;
  /** Context of the kubeconfig. @default - the current one */
  readonly context?: string;
  /** Milliseconds before one request is given up. @default 10000 */
  readonly timeoutMs?: number;
}

/** A cluster that the kubeconfig knows; nothing was asked yet. */
export interface ClusterConnection {
  /** Name of the kubeconfig's context. */
  readonly name: string;
  /** Address of the API server. */
  readonly server: string;
  readonly config: KubeConfig;
  /**
   * Asks, again while the server is busy. Gives nothing for what is not there.
   *
   * @param request - in words, e.g. `list Job.batch in the namespace dev`
   * @throws ClusterError of its kind
   */
  readonly ask: <Answer>(request: string, work: () => Promise<Answer>) => Promise<Answer | undefined>;
}

/**
 * Finds the cluster of a context. Asks nothing yet.
 *
 * @throws ClusterError when the kubeconfig cannot be read, or no such context in it
 */
export function connect({
  context,
  timeoutMs = 10_000,
  kubeconfig = process.env['KUBECONFIG'],
}: ClusterAddress): ClusterConnection {
  const config = loadKubeconfig(kubeconfig);
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
  const server = config.getCurrentCluster()?.server ?? '';

  const ask = async <T>(request: string, work: () => Promise<T>): Promise<T | undefined> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new ClusterError(
            `the cluster of context "${name}" (${server}) did not answer within ${timeoutMs / 1000} s; is it running, and in reach?`,
            'unreachable',
            { why: `no answer within ${timeoutMs / 1000} s` },
          ),
        );
      }, timeoutMs);
    });
    try {
      return await Promise.race([askWhileBusy(work, timeoutMs * 0.9), late]);
    } catch (error) {
      if (error instanceof ClusterError) throw error;
      if (error instanceof ApiException && error.code === 404) return undefined;
      const because = { cause: error, why: whyOf(error) };
      const code = error instanceof ApiException ? (error as ApiException<unknown>).code : undefined;
      if (code === 401)
        throw new ClusterError(
          `the login of context "${name}" is not accepted (401): it expired or was rotated; log in again, then look with: kubectl --context ${name} get namespaces`,
          'login',
          because,
        );
      if (code === 403)
        throw new ClusterError(
          `the account of context "${name}" may not ${request} (403); docs/reader-role.yaml allows what is read, and nothing else`,
          'forbidden',
          because,
        );
      if (isBusy(error))
        throw new ClusterError(
          `the cluster of context "${name}" (${server}) is busy or starting (${error.code}), still after it was asked again for ${timeoutMs / 1000} s; run the same command again in a minute`,
          'unreachable',
          because,
        );
      // The client says so of a kind that the API server does not serve.
      if (error instanceof Error && error.message.startsWith('Unrecognized API version and kind')) return undefined;
      throw new ClusterError(
        `the cluster of context "${name}" (${server}) could not be reached (${because.why}); is it running, and in reach?`,
        'unreachable',
        because,
      );
    } finally {
      clearTimeout(timer);
    }
  };

  return { name, server, config, ask };
}

/** Why there is no answer, in a few words; never a header or a body. */
const whyOf = (error: unknown): string =>
  error instanceof ApiException ? `HTTP ${error.code}` : whyUnreachable(error).why;
