import type { Problem } from '../../model/problem.ts';
import { resourceOf, rulesetType, type Wanted } from '../github/existing/wanted.ts';
import type { StackState } from '../state/stack-state.ts';
import { forgetLine } from './forget-line.ts';

/**
 * Rules that the stack has and would delete, so that whoever may write could do what they forbid.
 *
 * @param stack - whose state it is
 * @param wanted - everything that it makes at GitHub
 * @param mean - how to have them deleted after all, e.g. a setting. @default - there is no way in this program
 */
export const lostRulesets = (
  stack: string,
  wanted: readonly Wanted[],
  state: StackState,
  mean?: string,
): readonly Problem[] => {
  const planned = new Set(wanted.map(resourceOf));
  return state
    .ofType(rulesetType)
    .filter(({ type, name }) => !planned.has(`${type} ${name}`))
    .map(({ name, urn }) => ({
      path: `rulesets.${name}`,
      message:
        `is of this stack, protects a repository, and would be deleted; write back what it is for, or leave it at GitHub with: ${forgetLine(stack, urn)}` +
        (mean === undefined ? '' : `; or have it deleted after: ${mean}`),
    }));
};
