import { PULL_SECRET_KEY, SSH_SECRET_KEY } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { builtSourceOf } from '../../model/derived/kpack/built-source.ts';
import type { Environment } from '../../model/environment.ts';
import { repositoryAddress } from '../../model/formats/repository-address.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { namespaceOf, type KpackSupply } from './settings.ts';

/**
 * The Secrets that a supply is built with: a login that pushes, and a key that reads the source where not everybody may.
 *
 * @see https://github.com/buildpacks-community/kpack/blob/main/docs/secrets.md
 */
export function kpackSecrets(delivery: Delivery, place: Environment, supply: KpackSupply): readonly NeededSecret[] {
  const { builder } = supply;
  const namespace = namespaceOf(delivery, place, supply);
  const host = repositoryAddress(builtSourceOf(delivery, supply)?.repository.url ?? '')?.host;
  return [
    {
      purpose: 'registryPush',
      secretName: secretNameOf(delivery, builder.pushesWith),
      namespace,
      keys: [PULL_SECRET_KEY],
    },
    ...(builder.readsWith === undefined
      ? []
      : [
          {
            purpose: 'gitRead' as const,
            secretName: secretNameOf(delivery, builder.readsWith),
            namespace,
            keys: [SSH_SECRET_KEY],
            // The host whose repositories kpack reads with it.
            ...(host === undefined ? {} : { annotations: { 'kpack.io/git': `git@${host}` } }),
          },
        ]),
  ];
}
