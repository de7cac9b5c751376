import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Repository } from '../../repository.ts';
import type { Supply } from '../../supply.ts';
import { isManaged } from '../managed-repositories.ts';
import { pushesOf } from '../pushes.ts';

/** What GitHub tells a listener in a cluster of. */
export interface Webhook {
  /** The supply that it starts. */
  readonly supply: Supply;
  /** The repository whose pushes it tells of. */
  readonly repository: Repository;
  /** Address that it tells them to. */
  readonly address: string;
  /** What each of them is signed with. */
  readonly credential: Credential;
  /** The key of the credential that holds it. */
  readonly key: string;
}

/** The webhook that starts the builds of a supply; nothing where none does, or where something of it is not declared. */
export function webhookOf(
  { repositories, credentials }: Pick<Delivery, 'repositories' | 'credentials'>,
  supply: Supply,
): Webhook | undefined {
  if (supply.builder.kind !== 'tekton') return undefined;
  const push = pushesOf(supply.triggers).find(({ by }) => by === 'webhook');
  const repository = repositories.find(({ name }) => name === push?.repository);
  const credential = credentials.find(({ name }) => name === push?.authentication);
  const [key] = credential?.store.keys ?? [];
  return repository === undefined || credential === undefined || key === undefined
    ? undefined
    : { supply, repository, address: supply.builder.listener.address, credential, key };
}

/** Every webhook of what is built in a toolchain, of repositories that Pulumi manages. */
export const managedWebhooksOf = (delivery: Delivery, toolchain: string): readonly Webhook[] =>
  delivery.supplies
    .filter((supply) => supply.toolchain === toolchain)
    .flatMap((supply) => webhookOf(delivery, supply) ?? [])
    .filter(({ repository }) => isManaged(repository));
