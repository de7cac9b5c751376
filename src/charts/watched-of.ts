import { engineOf } from '../engines/engines.ts';
import type { WatchedObject } from '../engines/watched-object.ts';
import type { Application } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';

/** The object by which the engine of an environment follows an application; nothing where nothing carries that engine out. */
export const watchedOf = (
  delivery: Delivery,
  environment: Environment,
  application: Application,
): WatchedObject | undefined => engineOf(delivery, environment.name)?.watches({ delivery, environment }, application);
