import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';

/** An environment, and the repository whose branch its cluster is made equal to. */
export interface Binding {
  readonly delivery: Delivery;
  readonly environment: Environment;
  /** https URL of the ops repository. */
  readonly opsRepository: string;
}
