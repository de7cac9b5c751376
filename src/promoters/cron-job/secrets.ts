import { PULL_SECRET_KEY } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { lookedFor } from '../../model/derived/looks/looked-for.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { pushKeysOf } from '../../model/secrets/push-keys.ts';
import type { CronJobStage } from './settings.ts';

/** The Secret that a look asks the registry with, where a supply names a login: Docker's configuration, as pull secrets hold it. */
export function loginOf(delivery: Delivery, stage: CronJobStage): string | undefined {
  const [login] = lookedFor(delivery, stage).flatMap(({ discovery }) =>
    discovery.kind === 'registryPoll' && discovery.login !== undefined ? [discovery.login] : [],
  );
  return login === undefined ? undefined : secretNameOf(delivery, login);
}

/** The Secrets that a look reads: what it writes the branch with, and what it asks the registry with. */
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
  ];
}
