import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { repositoriesOf } from '../../model/derived/kargo/registry-looks.ts';
import { hostOf } from '../../model/formats/host.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
import { pushKeys } from '../../model/secrets/push-keys.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { receiversOf } from './project.ts';
import { kargoGroup } from './settings.ts';

/** Label by which Kargo finds Secrets, and knows what they open. */
const credentialType = `${kargoGroup}/cred-type`;

/** The Secrets that Kargo reads for its stages: what it pushes with, what registries prove themselves by, and what it asks them with. */
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
      secretName: secretNameOf(delivery, write.credential),
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
  const asked = loginsOf(supplies).flatMap((login): NeededSecret[] => {
    const repositories = supplies
      .filter(({ discovery }) => 'login' in discovery && discovery.login === login)
      .flatMap((supply) => repositoriesOf(delivery, supply));
    return [
      {
        purpose: 'registryRead',
        secretName: secretNameOf(delivery, login),
        namespace: place.namespace,
        keys: ['username', 'password'],
        labels: { [credentialType]: 'image' },
        fields: addressesOf(repositories),
      },
    ];
  });
  return [...pushing, ...told, ...asked];
}

/** The credentials that registries are asked with, each once. */
const loginsOf = (supplies: readonly Supply[]): readonly string[] => [
  ...new Set(supplies.flatMap(({ discovery }) => ('login' in discovery ? [discovery.login] : []))),
];

/** How Kargo finds a login by the address of an image: the one address, or a pattern that exactly these match. */
function addressesOf(repositories: readonly string[]): Readonly<Record<string, string>> {
  const [only = '', ...others] = [...new Set(repositories)].sort();
  if (others.length === 0) return { repoURL: only };
  const any = [only, ...others].map((each) => each.replaceAll('.', String.raw`\.`)).join('|');
  return { repoURL: `^(?:${any})$`, repoURLIsRegex: 'true' };
}

/** A proof has one of two purposes, as its credential says. */
const purposeOf = ({ credentials }: Delivery, secretName: string): Credential['purpose'] =>
  credentials.find(({ store }) => store.kind === 'kubernetes' && store.secretName === secretName)?.purpose ??
  'triggerAuthentication';
