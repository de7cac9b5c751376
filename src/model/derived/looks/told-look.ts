import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Listener } from '../../network/listener.ts';
import type { Stage } from '../../stage.ts';
import type { Trigger } from '../../supply.ts';

/** A trigger by which a registry says that a look is worth while. */
export type RegistryCall = Extract<Trigger, { readonly on: 'artifactPublished'; readonly by: 'webhook' }>;

/** The calls of registries among what starts a stage. */
export const registryCallsOf = ({ triggers }: Pick<Stage, 'triggers'>): readonly RegistryCall[] =>
  triggers.filter((trigger): trigger is RegistryCall => trigger.on === 'artifactPublished' && trigger.by === 'webhook');

/** Where the CronJob of a stage is told to look at once; nothing where none moves it, or nobody tells it. */
export const listenerOf = ({ promoter }: Pick<Stage, 'promoter'>): Listener | undefined =>
  promoter?.kind === 'cronJob' ? promoter.listener : undefined;

/** What a registry proves itself with to the listener of a stage, and where that is. */
export interface ToldLook {
  readonly listener: Listener;
  readonly credential: Credential;
  /** The key of the credential that holds the token. */
  readonly key: string;
}

/** How a registry has the CronJob of a stage look; nothing where none does, or where something of it is not declared. */
export function toldLookOf({ credentials }: Pick<Delivery, 'credentials'>, stage: Stage): ToldLook | undefined {
  const listener = listenerOf(stage);
  const [call] = registryCallsOf(stage);
  const credential = credentials.find(({ name }) => name === call?.authentication);
  const [key] = credential?.store.keys ?? [];
  return listener === undefined || credential === undefined || key === undefined
    ? undefined
    : { listener, credential, key };
}
