import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { UsageError } from './usage-error.ts';

/**
 * The environments that a command line names, in the order of the delivery; all of them when it names none.
 *
 * @throws UsageError when a name is not an environment
 */
export function chooseEnvironments(delivery: Delivery, names: readonly string[]): readonly Environment[] {
  const known = delivery.environments.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const list = unknown.map((name) => `"${name}"`).join(' and none ');
    throw new UsageError(`there is no environment ${list}; write one of: ${known.join(', ')}`);
  }
  return names.length === 0 ? delivery.environments : delivery.environments.filter(({ name }) => names.includes(name));
}
