import { engineNamespaceOf } from '../../../model/environment.ts';
import { repositoryAddress } from '../../../model/formats/repository-address.ts';
import { textAt } from '../../../objects/fields-at.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';
import { addressWith, sshKey } from '../repository-address.ts';

/** Key of a Secret with the public keys of hosts that Flux trusts. */
export const knownHostsKey = 'known_hosts';

/**
 * The public host keys that are known to everybody, one line each, of the algorithm that Flux asks for first.
 *
 * @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
 */
const publicHosts: Readonly<Record<string, string>> = {
  'github.com':
    'github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=',
};

/** The keys of the host that Flux reads over SSH; nothing where everybody has other ones, or none are asked for. */
export function hostKeys(address: string): string | undefined {
  if (!address.startsWith('ssh://')) return undefined;
  const host = repositoryAddress(address)?.host ?? '';
  return Object.hasOwn(publicHosts, host) ? publicHosts[host] : undefined;
}

/**
 * A Secret with which Flux reads the ops repository: the GitRepository names it, so that each environment keeps a credential of its own.
 * Over SSH Flux reads nothing without the host's keys.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
 */
export const repositorySecret: EngineInCluster['repositorySecret'] = ({ environment, opsRepository }, credential) => {
  const { purpose, store } = credential;
  if (purpose !== 'gitRead' || store.kind !== 'kubernetes') return undefined;
  if ((store.namespace ?? environment.namespace) !== engineNamespaceOf(environment, 'flux')) return undefined;
  const { keys, secretName } = store;
  const address = addressWith(credential, opsRepository);
  const known = keys.includes(knownHostsKey) ? undefined : hostKeys(address);
  return {
    labels: {},
    fields: known === undefined ? {} : { [knownHostsKey]: known },
    limits: {},
    unfound: (live) => {
      if (!keys.includes(sshKey) || textAt(live, 'data', knownHostsKey) !== '') return [];
      const patch = JSON.stringify({ stringData: { [knownHostsKey]: known ?? 'LINE_OF_THE_HOST' } });
      return [
        {
          message: `has no ${knownHostsKey}, without which Flux reads nothing over SSH`,
          line: `patch secret ${secretName} -p '${patch}'`,
        },
      ];
    },
  };
};
