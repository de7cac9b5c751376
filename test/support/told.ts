import type { Delivery } from '../../src/model/delivery.ts';
import { describeProblem, type Problem } from '../../src/model/problem.ts';
import { problemsOf } from '../../src/model/validation/validate.ts';
import type { Rule } from '../../src/model/validation/rules.ts';

/** What a rule finds in a delivery, as a person reads it. */
export const told = (rule: Rule, delivery: Delivery): readonly string[] => rule(delivery).map(describeProblem);

const isRefusal = ({ message }: Problem): boolean => message.startsWith('is not carried out yet');

/** What is wrong with a delivery, whoever carried it out. */
export const defects = (delivery: Delivery): readonly string[] =>
  problemsOf(delivery)
    .filter((problem) => !isRefusal(problem))
    .map(describeProblem);

/** What of a delivery nothing carries out yet: the place, and the word that stands there. What is said of it stands in the tables. */
export const refusals = (delivery: Delivery): readonly string[] =>
  problemsOf(delivery)
    .filter(isRefusal)
    .map(({ path, given }) => (typeof given === 'string' ? `${path}: ${given}` : path));
