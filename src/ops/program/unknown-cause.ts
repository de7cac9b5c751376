import { askRemote, gitFor, isOfAnother, isShallow, revisionIn, wholeHistory } from './clone.ts';

/** Why nobody knows how commits stand to each other. */
export interface UnknownCause {
  /**
   * The clone is of `another` repository; its history is cut off (`shallow`); its remote has branches that it has not (`behind`); it has all that its
   * remote has, and not these commits (`missing`); it has no remote that answers (`alone`).
   */
  readonly kind: 'another' | 'shallow' | 'behind' | 'missing' | 'alone';
  /** As a sentence, e.g. `this clone is behind its remote`. */
  readonly what: string;
  /** What to type, after which the same command says more. @default - nothing gets such a commit */
  readonly next?: string;
}

/**
 * Finds out why commits have no known place in the history of a clone; asks its remote, and changes nothing.
 *
 * @param address - of the repository that the clone should be of @default - not known
 * @returns nothing where the clone has all of them and its history is whole
 */
export async function whyUnknown(
  folder: string,
  commits: readonly string[],
  address?: string,
): Promise<UnknownCause | undefined> {
  const git = gitFor(folder);
  const missing: string[] = [];
  for (const commit of commits) if ((await revisionIn(folder, commit)) === undefined) missing.push(commit.slice(0, 12));
  if (missing.length > 0 && address !== undefined && (await isOfAnother(folder, address)))
    return {
      kind: 'another',
      what: `this clone is of another repository than ${address}`,
      next: `run "${git} fetch ${address}" and the same command again, or run it in a clone of that repository`,
    };
  if (await isShallow(folder))
    return {
      kind: 'shallow',
      what: 'this clone is shallow',
      next: wholeHistory(git),
    };
  if (missing.length === 0) return undefined;
  const remote = await askRemote(folder);
  const them = missing.join(' and ');
  if (remote === undefined)
    return { kind: 'alone', what: `this clone does not have ${them}, and has no remote that can be asked` };
  for (const tip of remote.tips.values())
    if ((await revisionIn(folder, tip)) === undefined)
      return {
        kind: 'behind',
        what: `this clone does not have ${them}, and is behind its remote`,
        // All branches: a clone of one branch has no others by itself.
        next: `run "${git} fetch origin '+refs/heads/*:refs/remotes/origin/*'" and the same command again`,
      };
  return { kind: 'missing', what: `neither this clone nor any branch of its remote has ${them}` };
}
