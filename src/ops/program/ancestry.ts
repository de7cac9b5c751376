import { askGit } from '../git/run-git.ts';
import { isShallow } from './clone.ts';
import { whyUnknown, type UnknownCause } from './unknown-cause.ts';

/** How one commit stands to another. */
export type Relation =
  | 'same'
  /** The first is an ancestor of the second. */
  | 'older'
  /** The first descends from the second. */
  | 'newer'
  /** Neither descends from the other. */
  | 'diverged'
  /** A commit is not there, or the history is cut off (a shallow clone). */
  | 'unknown';

/** Answers how commits of one repository stand to each other. */
export interface Ancestry {
  /** How `a` stands to `b`; each is a commit, or what names one. */
  relate(a: string, b: string): Promise<Relation>;
  /** Why that is unknown of these commits; nothing where it is not the clone's fault. @default - nobody knows why */
  whyUnknown?(commits: readonly string[]): Promise<UnknownCause | undefined>;
}

/**
 * Ancestry in a clone on this disk; answers are kept, as commits never change.
 *
 * @param address - of the repository that the clone should be of @default - not known
 */
export function ancestryIn(folder: string, address?: string): Ancestry {
  const known = new Map<string, Promise<Relation>>();
  return {
    relate(a, b) {
      if (a === b) return Promise.resolve('same');
      const key = `${a} ${b}`;
      const answer = known.get(key) ?? relate(folder, a, b);
      known.set(key, answer);
      return answer;
    },
    whyUnknown: (commits) => whyUnknown(folder, commits, address),
  };
}

/** Ancestry in several clones, each of a repository of its own: a commit is of one of them, and which one has both says how they stand. */
export function ancestryInAny(clones: readonly Ancestry[]): Ancestry {
  return {
    async relate(a, b) {
      if (a === b) return 'same';
      for (const clone of clones) {
        const relation = await clone.relate(a, b);
        if (relation !== 'unknown') return relation;
      }
      return 'unknown';
    },
    async whyUnknown(commits) {
      const causes = await Promise.all(clones.map(async (clone) => clone.whyUnknown?.(commits)));
      // That a clone lacks the commits of the others is no cause.
      return (
        causes.find((cause) => cause?.kind === 'shallow' || cause?.kind === 'behind') ??
        (causes.every((cause) => cause !== undefined) ? causes[0] : undefined)
      );
    },
  };
}

/** Counts the commits that each of the two has alone; a commit that is not there has nothing to count. */
async function relate(folder: string, a: string, b: string): Promise<Relation> {
  const range = `${a}...${b}`;
  const answer = await askGit(['rev-list', '--left-right', '--count', '--end-of-options', range, '--'], { folder });
  const [onlyA, onlyB] = /^(\d+)\t(\d+)$/.exec(answer.stdout.toString('utf8').trim())?.slice(1).map(Number) ?? [];
  if (answer.exitCode !== 0 || onlyA === undefined || onlyB === undefined) return 'unknown';
  if (onlyA === 0) return onlyB === 0 ? 'same' : 'older';
  if (onlyB === 0) return 'newer';
  return (await isShallow(folder)) ? 'unknown' : 'diverged';
}
