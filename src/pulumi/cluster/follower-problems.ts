import type { Problem } from '../../model/problem.ts';
import type { ClusterFacts } from './cluster-facts.ts';

/**
 * An engine that follows an environment still, which another one is to follow: the stack would delete what it follows by, and with it
 * everything that runs.
 *
 * @param title - of the engine that is to follow it
 */
export const followerProblems = (stack: string, title: string, { followedBy = [] }: ClusterFacts): readonly Problem[] =>
  followedBy.map(({ object, lines }) => ({
    path: `environments.${stack}`,
    message: `${object} follows it still, and ${title} is to: deleted as it is, it takes everything along; let it go first: ${lines.join(' && ')}`,
  }));
