import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { proxyFor, type ProxyVariables } from '../http/proxy-for.ts';
import { ClusterError } from './cluster.ts';

/** The first of each name counts, as for kubectl. */
const firstOfEachName = <Item extends { readonly name: string }>(items: readonly Item[]): Item[] =>
  items.filter(({ name }, i) => items.findIndex((other) => other.name === name) === i);

const loadFile = (file: string): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromFile(file);
  return config;
};

/** Several files as one. */
function joined(files: readonly string[]): KubeConfig {
  const configs = files.map(loadFile);
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: firstOfEachName(configs.flatMap(({ clusters }) => clusters)),
    users: firstOfEachName(configs.flatMap(({ users }) => users)),
    contexts: firstOfEachName(configs.flatMap(({ contexts }) => contexts)),
    currentContext:
      configs
        .map((one) => one.getCurrentContext())
        .find((name) => (name as string | undefined) !== undefined && name !== '') ?? '',
  });
  return config;
}

/** Addresses of this machine, which kubectl asks directly whatever the variables say. */
const isThisMachine = (server: string): boolean =>
  URL.canParse(server) && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(server).hostname);

/** The same, where a cluster that names no proxy is reached through that of this machine. */
function throughProxy(config: KubeConfig, variables: ProxyVariables): KubeConfig {
  config.clusters = config.clusters.map((cluster) => {
    if (cluster.proxyUrl !== undefined || !URL.canParse(cluster.server) || isThisMachine(cluster.server))
      return cluster;
    const proxyUrl = proxyFor(cluster.server, variables);
    return proxyUrl === undefined ? cluster : { ...cluster, proxyUrl };
  });
  return config;
}

/**
 * The kubeconfig, as kubectl finds it, and with the proxy that kubectl takes.
 *
 * @param files - as KUBECONFIG has them: one file, or several of which some may be missing. @default - ~/.kube/config
 * @throws ClusterError when it cannot be read; the message shows nothing of it, because it holds tokens
 */
export function loadKubeconfig(files = ''): KubeConfig {
  const listed = files.split(delimiter).filter((file) => file !== '');
  const there = listed.filter((file) => existsSync(file));
  try {
    if (listed.length > 0) return throughProxy(joined(there.length === 0 ? listed : there), process.env);
    const config = new KubeConfig();
    config.loadFromDefault();
    return throughProxy(config, process.env);
  } catch (error) {
    // A reader of YAML shows the lines around a mistake below its first line.
    const [reason = ''] = ((error as { readonly message?: string }).message ?? String(error)).split('\n');
    throw new ClusterError(
      `the kubeconfig cannot be read (${reason}); point KUBECONFIG to the right file, or write: unset KUBECONFIG`,
      'kubeconfig',
      { cause: error },
    );
  }
}

/** Names of the contexts of the kubeconfig. @throws ClusterError when it cannot be read */
export const contextsOf = (files?: string): readonly string[] =>
  loadKubeconfig(files)
    .getContexts()
    .map(({ name }) => name);
