import { pushesOf } from '../../../model/derived/pushes.ts';
import { defaultBranchOf, repositoryNamed } from '../../../model/derived/managed-repositories.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { matchesPatterns } from '../../../model/formats/git-pattern.ts';
import type { Supply } from '../../../model/supply.ts';
import type { Refusal } from '../../ops-error.ts';
import type { Ancestry } from '../../program/ancestry.ts';

/** Branches whose commits a supply builds, once they have passed: those whose pushes start it, else the default one. */
function branchesOf(delivery: Delivery, { triggers, source }: Supply): readonly string[] {
  const pushed = pushesOf(triggers).flatMap(({ branches }) => branches);
  return pushed.length > 0 ? pushed : [defaultBranchOf(repositoryNamed(delivery, source))];
}

/** Whether a commit is on a branch that one of the pushes of a supply is of, where these name branches by patterns. */
async function isOnOneLike({ triggers }: Supply, commit: string, sources: Ancestry): Promise<boolean> {
  const names = (await sources.branchesWith?.(commit)) ?? [];
  return pushesOf(triggers).some(({ branches, branchesIgnore = [] }) =>
    names.some((name) => matchesPatterns(branches, name) && !matchesPatterns(branchesIgnore, name)),
  );
}

/**
 * Why an image is no build of a commit that could have passed: its commit is on none of the branches that the supply builds, or nobody
 * knows. The branches are those of the source's checkout, and a pattern such as `**` stands for each of them that is like it.
 *
 * @returns nothing where it is one
 */
export async function refuseUntested(
  delivery: Delivery,
  supply: Supply,
  { reference, commit }: { readonly reference: string; readonly commit: string },
  sources: Ancestry,
): Promise<Refusal | undefined> {
  const branches = branchesOf(delivery, supply);
  const relations = await Promise.all(
    branches
      .flatMap((branch) => [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`])
      .map((ref) => sources.relate(commit, ref)),
  );
  if (relations.some((relation) => relation === 'older' || relation === 'same')) return undefined;
  if (await isOnOneLike(supply, commit, sources)) return undefined;
  const where = branches.join(' or ');
  const short = commit.slice(0, 12);
  return relations.every((relation) => relation === 'unknown')
    ? {
        code: 'unknown-ancestry',
        what: `${reference} says that it was built from ${short}, and the checkout of ${supply.source} does not have that commit, or not the branch ${where}`,
        next: `fetch ${where} of ${supply.source}, and name the checkout with --source FOLDER; a commit that is nowhere there was never tested`,
      }
    : {
        code: 'unmerged',
        what: `${reference} says that it was built from ${short}, which is not on ${where} of ${supply.source}: nothing says that it was tested`,
        next: `build a commit of ${where}; whoever pushed this image may push to the registry, and should not`,
      };
}
