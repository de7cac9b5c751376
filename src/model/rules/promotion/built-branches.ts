import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import { defaultBranchOf } from '../../derived/managed-repositories.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';
import { isUnmergedPush } from './unmerged-builds.ts';

/** A supply builds the default branch, on which reviewed work ends up, or says why it builds another. */
export const builtBranches = (delivery: Delivery): readonly Problem[] =>
  delivery.supplies.flatMap((supply) => {
    const elsewhere = supply.triggers.flatMap((_, i) => otherBranches(delivery, supply, i));
    const path = `supplies.${supply.name}.branchReason`;
    const { branchReason } = supply;
    if (branchReason === undefined) return elsewhere;
    if (branchReason.trim() === '')
      return [{ path, message: 'must say why it builds another branch than the default one', given: branchReason }];
    return elsewhere.length > 0
      ? []
      : [{ path, message: 'gives a reason for building another branch, and the default one is built; leave it out' }];
  });

/** A trigger that never comes for the default branch, although its repository is known. */
function otherBranches({ repositories }: Delivery, supply: Supply, index: number): readonly Problem[] {
  const trigger = supply.triggers[index];
  if (trigger?.on !== 'push' && trigger?.on !== 'pullRequest') return [];
  const repository = repositories.find(({ name }) => name === trigger.repository);
  if (repository === undefined || trigger.branches === undefined) return [];
  const branch = defaultBranchOf(repository);
  const ignored = trigger.on === 'push' ? (trigger.branchesIgnore ?? []) : [];
  if (matchesPatterns(trigger.branches, branch) && !matchesPatterns(ignored, branch)) return [];
  // Whoever builds any branch at all has said so.
  if (trigger.on === 'push' && isUnmergedPush(trigger)) return [];
  return [
    {
      path: `supplies.${supply.name}.triggers[${index}].branches`,
      message: `leave out ${branch}, the default branch of repositories.${repository.name}; write "${branch}", or say which is the default as its defaultBranch, or say why as branchReason of the supply`,
      given: trigger.branches,
    },
  ];
}
