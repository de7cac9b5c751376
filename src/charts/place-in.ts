import { Place } from '../constructs/place.ts';
import { engineOf, usualEngine } from '../engines/engines.ts';
import type { Application } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { Release } from '../model/release.ts';

/** An application in an environment at a release, with what the engine that follows it is told by. */
export const placeIn = (
  delivery: Pick<Delivery, 'stages'>,
  environment: Environment,
  application: Application,
  release: Release,
): Place => {
  const { marks } = engineOf(delivery, environment.name) ?? usualEngine;
  return new Place(environment, application, release, marks);
};
