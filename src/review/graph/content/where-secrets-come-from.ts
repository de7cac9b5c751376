import { envSourceOf } from '../../../model/container.ts';
import type { Credential } from '../../../model/credential.ts';
import type { Environment } from '../../../model/environment.ts';
import { tlsOf } from '../../../model/network/ingress.ts';
import type { Service } from '../../../model/service.ts';

/** Names of the credentials that the programs of a service read, each once: what pulls their images is that of most. */
function readBy({ containers, initContainers = [], volumes = [] }: Service): ReadonlySet<string> {
  return new Set([
    ...[...containers, ...initContainers].flatMap(({ env = {}, envFrom = [] }) => [
      ...Object.values(env).flatMap((value) =>
        typeof value === 'object' && value.kind === 'secret' ? [value.credential] : [],
      ),
      ...envFrom.map(envSourceOf).flatMap((source) => (source.kind === 'secret' ? [source.credential] : [])),
    ]),
    ...volumes.flatMap((volume) => {
      if (volume.kind === 'projected')
        return volume.sources.flatMap((source) => (source.kind === 'secret' ? [source.credential] : []));
      return volume.kind === 'secret' ? [volume.credential] : [];
    }),
  ]);
}

/** Who makes a Secret in the cluster; nothing where a person or Pulumi gives its values. */
function makerOf({ origin }: Credential): string | undefined {
  if (origin === 'external') return 'made in the cluster';
  if (typeof origin !== 'object') return undefined;
  switch (origin.kind) {
    case 'externalSecret':
      return `from ${origin.store}`;
    case 'sealedSecret':
      return 'sealed on the branch';
    case 'certificate':
      return `by ${origin.issuer}`;
  }
}

/** Which Secrets of a service something in the cluster makes, and out of what, e.g. `smtp from vault`. */
export const secretsMadeFor = ({ credentials }: Environment, service: Service): readonly string[] => {
  const read = readBy(service);
  return credentials.flatMap((credential) => {
    const maker = read.has(credential.name) ? makerOf(credential) : undefined;
    return maker === undefined ? [] : [`${credential.name} ${maker}`];
  });
};

/** What requests from outside are encrypted with, e.g. `TLS by letsencrypt`; nothing where they are not, or somebody else's Gateway does it. */
export function encryptedWith({ ingress, credentials }: Environment): readonly string[] {
  const tls = tlsOf(ingress);
  if (tls === undefined) return [];
  if (tls.kind === 'certManager') return [`TLS by ${tls.issuer}`];
  const credential = credentials.find(({ name }) => name === tls.credential);
  const maker = credential === undefined ? undefined : makerOf(credential);
  return [`TLS with ${tls.credential}${maker === undefined ? '' : ` ${maker}`}`];
}
