import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { hostOf } from '../../model/formats/host.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { receiversOf } from './project.ts';
import { kargoGroup } from './settings.ts';

/** Label by which Kargo finds Secrets, and knows what they open. */
const credentialType = `${kargoGroup}/cred-type`;

/**
 * What Kargo pushes to a repository with: on GitHub as an app, elsewhere as somebody with a password.
 *
 * @see https://docs.kargo.io/user-guide/security/managing-secrets
 */
export const pushKeys = {
  github: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  git: ['username', 'password'],
} as const;

/** The Secrets that Kargo reads for its stages: what it pushes with, and what registries prove themselves by. */
export function kargoSecrets(
  delivery: Delivery,
  place: Environment,
  stages: readonly Stage[],
  supplies: readonly Supply[],
): readonly NeededSecret[] {
  const pushing = stages.map(({ write }): NeededSecret => {
    const repoURL = delivery.repositories.find(({ name }) => name === write.repository)?.url ?? '';
    return {
      purpose: 'gitPush',
      secretName: secretNameOf(delivery, write.credential) ?? write.credential,
      namespace: place.namespace,
      keys: pushKeys[hostOf(repoURL, delivery.gitHubHost)],
      labels: { [credentialType]: 'git' },
      fields: { repoURL },
    };
  });
  const told = receiversOf(delivery, supplies).map(({ secretName }): NeededSecret => ({
    purpose: purposeOf(delivery, secretName),
    secretName,
    namespace: place.namespace,
    keys: ['secret'],
    labels: { [credentialType]: 'generic' },
  }));
  return [...new Map([...pushing, ...told].map((secret) => [secret.secretName, secret])).values()];
}

function secretNameOf({ credentials }: Delivery, credential: string): string | undefined {
  const store = credentials.find(({ name }) => name === credential)?.store;
  return store?.kind === 'kubernetes' ? store.secretName : undefined;
}

/** A proof has one of two purposes, as its credential says. */
const purposeOf = ({ credentials }: Delivery, secretName: string): Credential['purpose'] =>
  credentials.find(({ store }) => store.kind === 'kubernetes' && store.secretName === secretName)?.purpose ??
  'triggerAuthentication';
