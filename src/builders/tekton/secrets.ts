import { PULL_SECRET_KEY, SSH_SECRET_KEY, TLS_SECRET_KEYS } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { builtSourceOf } from '../../model/derived/kpack/built-source.ts';
import { hostKeyOf, KNOWN_HOSTS_KEY } from '../../model/derived/tekton/host-keys.ts';
import { webhookOf } from '../../model/derived/tekton/webhooks.ts';
import type { Environment } from '../../model/environment.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { namespaceOf, type TektonSupply } from './settings.ts';

/** The Secrets of a supply: a login that pushes, a key that reads the source, what GitHub signs with, and a certificate. */
export function tektonSecrets(delivery: Delivery, place: Environment, supply: TektonSupply): readonly NeededSecret[] {
  const { pushesWith, readsWith, listener } = supply.builder;
  const namespace = namespaceOf(delivery, place, supply);
  const webhook = webhookOf(delivery, supply);
  const hostKey = hostKeyOf(builtSourceOf(delivery, supply)?.repository.url ?? '');
  return [
    { purpose: 'registryPush', secretName: secretNameOf(delivery, pushesWith), namespace, keys: [PULL_SECRET_KEY] },
    ...(readsWith === undefined
      ? []
      : [
          {
            purpose: 'gitRead' as const,
            secretName: secretNameOf(delivery, readsWith),
            namespace,
            keys: [SSH_SECRET_KEY, ...(hostKey === undefined ? [KNOWN_HOSTS_KEY] : [])],
            ...(hostKey === undefined ? {} : { fields: { [KNOWN_HOSTS_KEY]: hostKey } }),
          },
        ]),
    ...(webhook === undefined
      ? []
      : [
          {
            purpose: webhook.credential.purpose,
            secretName: secretNameOf(delivery, webhook.credential.name),
            namespace,
            keys: [webhook.key],
          },
        ]),
    ...(listener.certificate === undefined
      ? []
      : [
          {
            purpose: 'certificate' as const,
            secretName: secretNameOf(delivery, listener.certificate),
            namespace,
            keys: TLS_SECRET_KEYS,
          },
        ]),
  ];
}
