import type { Problem } from '../../model/problem.ts';
import { typeOf, type Wanted } from '../github/existing/wanted.ts';
import type { StackState } from '../state/stack-state.ts';

/** Repository that a recorded id of the GitHub provider is in: the part before the first colon. */
const repositoryIn = (id: string): string => id.split(':')[0] ?? '';

/** Kinds whose id starts with their repository. A ruleset's is a number. */
const named: readonly Wanted['place']['kind'][] = ['repository', 'branch', 'environment'];

/**
 * Repositories that the stack has under another name than the program says now. GitHub leads the old name to the new repository, so what is
 * "made" under the new name meets itself, and what is "deleted" under the old one takes it away.
 */
export function movedRepositories(stack: string, wanted: readonly Wanted[], state: StackState): readonly Problem[] {
  const moved = new Map<string, string>();
  for (const one of wanted.filter(({ place }) => named.includes(place.kind))) {
    const recorded = state.ofType(typeOf(one)).find(({ name }) => name === one.name);
    const before = recorded?.id === undefined ? one.repository : repositoryIn(recorded.id);
    if (before.toLowerCase() !== one.repository.toLowerCase()) moved.set(one.repository, before);
  }
  return [...moved].map(([now, before]) => ({
    path: `repositories.${now}`,
    message:
      `this stack has it as ${before}, and what lies in it would be made a second time and then deleted; write "${before}" back, or let the stack ` +
      `take it over under its new name: pulumi state delete --all --force --stack ${stack}; pulumi config set portolan:adopt true --stack ${stack}; then run again`,
  }));
}
