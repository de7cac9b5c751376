import type { Delivery } from '../delivery.ts';

/** The apps that write some environment's branch. */
export const promotionIdentities = (delivery: Delivery): ReadonlySet<string> =>
  new Set(delivery.environments.flatMap(({ name }) => promotionIdentity(delivery, name) ?? []));

/**
 * The app that writes an environment's branch: the holder of the credential that its stage pushes with, or the only app
 * of the delivery; nothing when there is no such app.
 */
export function promotionIdentity(delivery: Delivery, environment: string): string | undefined {
  const apps = delivery.actors.filter((actor) => actor.kind === 'app').map((actor) => actor.name);
  const environmentCredentials = delivery.environments.flatMap((candidate) =>
    candidate.name === environment ? candidate.credentials : [],
  );
  const held = delivery.stages
    .filter((stage) => stage.environment === environment)
    .flatMap((stage) =>
      [...delivery.credentials, ...environmentCredentials].filter(
        (credential) => credential.name === stage.write.credential,
      ),
    )
    .map((credential) => credential.holder);
  return apps.find((app) => held.includes(app)) ?? (apps.length === 1 ? apps[0] : undefined);
}
