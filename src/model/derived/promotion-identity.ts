import type { Delivery } from '../delivery.ts';
import { stagesOf, unitsOf, type UnitName } from './units.ts';

/** The apps that write some unit's branch. */
export const promotionIdentities = (delivery: Delivery): ReadonlySet<string> =>
  new Set(unitsOf(delivery).flatMap((unit) => promotionIdentity(delivery, unit) ?? []));

/**
 * The app that writes a unit's branch: the holder of the credential that its stage pushes with, or the only app
 * of the delivery; nothing when there is no such app.
 */
export function promotionIdentity(delivery: Delivery, unit: UnitName): string | undefined {
  const apps = delivery.actors.filter((actor) => actor.kind === 'app').map((actor) => actor.name);
  const environmentCredentials = delivery.environments.flatMap((candidate) =>
    candidate.name === unit.environment ? candidate.credentials : [],
  );
  const held = stagesOf(delivery, unit)
    .flatMap((stage) =>
      [...delivery.credentials, ...environmentCredentials].filter(
        (credential) => credential.name === stage.write.credential,
      ),
    )
    .map((credential) => credential.holder);
  return apps.find((app) => held.includes(app)) ?? (apps.length === 1 ? apps[0] : undefined);
}
