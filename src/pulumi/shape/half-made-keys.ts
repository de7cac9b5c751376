import type { Problem } from '../../model/problem.ts';
import type { StackState } from '../state/stack-state.ts';
import { urnInShell } from './forget-line.ts';

/** What the GitHub provider makes and deletes, and never updates. */
const deployKeys = 'github:index/repositoryDeployKey:RepositoryDeployKey';

/**
 * Deploy keys that GitHub made and then did not show. Pulumi has such a resource updated, whatever it says now, and fails at every update, because
 * the provider cannot update one; read anew, it is as any other.
 *
 * @param stack - whose state it is
 */
export const halfMadeKeys = (stack: string, state: StackState): readonly Problem[] =>
  state
    .ofType(deployKeys)
    .filter(({ isHalfMade = false }) => isHalfMade)
    .map(({ name, urn }) => ({
      path: `deploy keys.${name}`,
      message: `GitHub made it, and failed when it was asked for it; read it anew with: pulumi refresh --yes --target ${urnInShell(urn)} --stack ${stack}`,
    }));
