import type { Delivery } from '../../src/model/delivery.ts';
import { describeProblem } from '../../src/model/problem.ts';
import type { Rule } from '../../src/model/rules.ts';

/** What a rule finds in a delivery, as a person reads it. */
export const told = (rule: Rule, delivery: Delivery): readonly string[] => rule(delivery).map(describeProblem);
