import { engineOf, usualEngine } from '../../../engines/engines.ts';
import { actionsEnvironmentsOf } from '../../../model/derived/actions-environments.ts';
import { isManaged, managedOpsRepository } from '../../../model/derived/managed-repositories.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { environmentOf } from '../../../model/delivery.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { managedWebhooksOf } from '../../../model/derived/tekton/webhooks.ts';
import { unitsIn } from '../../../model/derived/units.ts';
import { engineCredentials, holdsSshKey } from '../../cluster/engine-credentials.ts';
import type { StackSecrets } from '../../stack-secrets.ts';
import { deployKeyTitle } from '../repositories/deploy-key.ts';
import { opensshPublicKey } from '../repositories/openssh-public-key.ts';
import { branchResource } from '../repositories/environment-branch.ts';
import type { Wanted } from './wanted.ts';
import { wantedInActionsEnvironment } from './wanted-in-actions-environment.ts';

/** What the stack of one environment makes at GitHub, and may find there. */
export function wantedByEnvironment(delivery: Delivery, name: string, secrets: StackSecrets): readonly Wanted[] {
  const ops = managedOpsRepository(delivery, name);
  const repository = nameAtHost(ops);
  const engine = engineOf(delivery, name) ?? usualEngine;
  const inOps: readonly Wanted[] = isManaged(ops)
    ? [
        ...unitsIn(delivery, environmentOf(delivery, name)).flatMap((unit): readonly Wanted[] => [
          { name: branchResource(unit), repository, place: { kind: 'branch', branch: unit.branch } },
          ...['history', 'writers'].map((part): Wanted => ({
            name: `${branchResource(unit)}-${part}`,
            repository,
            place: { kind: 'ruleset', title: `${unit.branch}: ${part}` },
          })),
        ]),
        ...engineCredentials(environmentOf(delivery, name))
          .filter(holdsSshKey(engine))
          .flatMap((credential): readonly Wanted[] => {
            const key = secrets.partOf(credential, engine.sshKey, opensshPublicKey);
            const title = deployKeyTitle(credential, name);
            return key === undefined
              ? []
              : [{ name: credential.name, repository, place: { kind: 'deployKey', title, key } }];
          }),
      ]
    : [];
  return [
    ...inOps,
    ...managedWebhooksOf(delivery, name).map(({ supply, repository: told, address }): Wanted => ({
      name: supply.name,
      repository: nameAtHost(told),
      place: { kind: 'webhook', address },
    })),
    ...actionsEnvironmentsOf(delivery, name).flatMap((plan) =>
      wantedInActionsEnvironment(`${plan.repository.name}-${name}`, plan),
    ),
  ];
}
