import type { Problem } from '../../model/problem.ts';
import { deployKeyType } from '../github/existing/wanted.ts';
import type { StackState } from '../state/stack-state.ts';
import { urnInShell } from './forget-line.ts';

/**
 * Deploy keys that GitHub made and then did not show. Pulumi has such a resource updated, whatever it says now, and fails at every update, because
 * the provider makes and deletes keys and never updates one; read anew, it is as each of the others.
 *
 * @param stack - whose state it is
 */
export const halfMadeKeys = (stack: string, state: StackState): readonly Problem[] =>
  state
    .ofType(deployKeyType)
    .filter(({ isHalfMade = false }) => isHalfMade)
    .map(({ name, urn }) => ({
      path: `deploy keys.${name}`,
      message: `GitHub made it, and failed when it was asked for it; read it anew with: pulumi refresh --yes --target ${urnInShell(urn)} --stack ${stack}`,
    }));
