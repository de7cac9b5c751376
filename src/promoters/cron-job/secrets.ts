import { PULL_SECRET_KEY, TLS_SECRET_KEYS } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { lookedFor } from '../../model/derived/looks/looked-for.ts';
import { toldLookOf } from '../../model/derived/looks/told-look.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { pushKeysOf } from '../../model/secrets/push-keys.ts';
import type { CronJobStage } from './settings.ts';

/** The Secret that a look asks the registry with, where a supply names a login: Docker's configuration, as pull secrets hold it. */
export function loginOf(delivery: Delivery, stage: CronJobStage): string | undefined {
  const [login] = lookedFor(delivery, stage).flatMap(({ discovery }) =>
    'login' in discovery ? [discovery.login] : [],
  );
  return login === undefined ? undefined : secretNameOf(delivery, login);
}

/** The Secrets that a look reads: what it writes the branch with, and what it asks the registry with; and those of the listener that it is told by. */
export function lookSecrets(delivery: Delivery, namespace: string, stage: CronJobStage): readonly NeededSecret[] {
  const login = loginOf(delivery, stage);
  return [
    {
      purpose: 'gitPush',
      secretName: secretNameOf(delivery, stage.write.credential),
      namespace,
      keys: pushKeysOf(delivery, stage),
    },
    ...(login === undefined
      ? []
      : [{ purpose: 'registryRead' as const, secretName: login, namespace, keys: [PULL_SECRET_KEY] }]),
    ...toldSecrets(delivery, namespace, stage),
  ];
}

/** What a registry proves itself with, and the certificate of the host that it calls. */
function toldSecrets(delivery: Delivery, namespace: string, stage: CronJobStage): readonly NeededSecret[] {
  const told = toldLookOf(delivery, stage);
  if (told === undefined) return [];
  const { listener, credential, key } = told;
  return [
    { purpose: credential.purpose, secretName: secretNameOf(delivery, credential.name), namespace, keys: [key] },
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
