import type { Problem } from '../../model/problem.ts';
import { configSetLine } from '../../model/settings/stack-file.ts';
import { platformStack } from '../../model/settings/settings.ts';
import { repositoryType, resourceOf, type Wanted } from '../github/existing/wanted.ts';
import type { StackState } from '../state/stack-state.ts';
import { forgetLine } from './forget-line.ts';
import { lostRulesets } from './lost-rulesets.ts';
import { movedRepositories } from './moved-repositories.ts';

/** What the platform would be after the update. */
export interface PlatformShape {
  /** Everything that it makes at GitHub. */
  readonly wanted: readonly Wanted[];
  /** Whether repositories and their rules are kept from deletion. */
  readonly protect: boolean;
}

/**
 * Changes of the platform that would lose a repository, or a rule that protects one.
 *
 * @param state - what the stack has now
 */
export function platformShapeProblems({ wanted, protect }: PlatformShape, state: StackState): readonly Problem[] {
  const moved = movedRepositories(platformStack, wanted, state);
  if (!protect) return moved;
  const planned = new Set(wanted.map(resourceOf));
  const gone = state.ofType(repositoryType).filter(({ type, name }) => !planned.has(`${type} ${name}`));
  const meant = `${configSetLine(platformStack, 'portolan:protect', { value: 'false' })}; pulumi up --stack ${platformStack}`;
  return [
    ...moved,
    ...gone.map(({ name, urn }) => ({
      path: `repositories.${name}`,
      message:
        `is of this stack and no longer made by it, so it would be deleted with everything in it; write it back, ` +
        `leave it at GitHub with: ${forgetLine(platformStack, urn)}; or have it deleted after: ${meant}`,
    })),
    // What lies in a repository that goes is told with it.
    ...lostRulesets(platformStack, wanted, state, meant).filter(
      ({ path }) => !gone.some(({ name }) => path.startsWith(`rulesets.${name}-`)),
    ),
  ];
}
