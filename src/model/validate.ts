import type { Delivery } from './delivery.ts';
import { ProblemsError, type Problem } from './problem.ts';
import { rules } from './rules.ts';
import { problemsOfSettings } from './settings/settings-fit.ts';
import type { Settings } from './settings/settings.ts';

/** Everything that is wrong with a delivery, by every rule of the model. */
export const problemsOf = (delivery: Delivery): readonly Problem[] =>
  Object.values(rules).flatMap((rule) => rule(delivery));

/**
 * Checks a delivery against every rule of the model, and the settings it was made with against the delivery.
 *
 * @param settings - refused where they name what the delivery does not have @default - not checked
 * @throws ProblemsError with all problems at once
 */
export function validate(delivery: Delivery, settings?: Settings): void {
  const problems = [...problemsOf(delivery), ...(settings === undefined ? [] : problemsOfSettings(delivery, settings))];
  if (problems.length > 0) throw new ProblemsError('the delivery', problems);
}
