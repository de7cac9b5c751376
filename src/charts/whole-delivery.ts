import type { Delivery } from '../model/delivery.ts';
import type { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings/settings.ts';
import { shapeProblems } from '../model/shape/shape-problems.ts';
import { problemsOf } from '../model/validation/validate.ts';
import { withMade, type Made } from './made-objects.ts';

/**
 * What a program returned, with what its constructs make, and everything that is wrong with it.
 *
 * @param settings - those it was made with; refused where they name what it does not have @default - not checked
 */
export function wholeDelivery(
  returned: unknown,
  settings?: Settings,
): { readonly delivery: unknown; readonly problems: readonly Problem[] } {
  // Nobody is asked anything by a delivery of another shape.
  if (shapeProblems(returned).length > 0) return { delivery: returned, problems: problemsOf(returned, settings) };
  const { delivery, problems, told }: Made<unknown> = withMade(returned as Delivery);
  return { delivery, problems: [...problems, ...problemsOf(delivery, settings).map(told)] };
}
