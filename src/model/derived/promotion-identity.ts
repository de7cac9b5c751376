import type { Delivery } from '../delivery.ts';
import { stagesOf, unitsOf, type UnitName } from './units.ts';

/** The apps that write some unit's branch. */
export const promotionIdentities = (delivery: Delivery): ReadonlySet<string> =>
  new Set(unitsOf(delivery).flatMap((unit) => promotionIdentity(delivery, unit) ?? []));

/**
 * The app that writes a unit's branch: the holder of the credential that its stage pushes with, or the only app
 * of the delivery, without those that only say how commits ended; nothing when there is no such app.
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
  const reporters = new Set(
    delivery.environments.flatMap(({ credentials }) =>
      credentials.flatMap(({ purpose, holder }) => (purpose === 'notification' ? [holder] : [])),
    ),
  );
  const writers = apps.filter((app) => !reporters.has(app));
  return apps.find((app) => held.includes(app)) ?? (writers.length === 1 ? writers[0] : undefined);
}
