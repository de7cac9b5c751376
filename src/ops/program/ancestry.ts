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
  /** Names of the branches that have a commit, the clone's own and those of its remote as they were fetched. @default - nobody knows */
  branchesWith?(commit: string): Promise<readonly string[]>;
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
    branchesWith: (commit) => branchesWith(folder, commit),
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
        // That none has it is said where each has been asked, not where one of them has no remote that answers.
        (causes.every((cause) => cause !== undefined)
          ? (causes.find(({ kind }) => kind !== 'missing') ?? causes[0])
          : undefined)
      );
    },
    async branchesWith(commit) {
      const names = await Promise.all(clones.map(async (clone) => (await clone.branchesWith?.(commit)) ?? []));
      return [...new Set(names.flat())];
    },
  };
}

async function branchesWith(folder: string, commit: string): Promise<readonly string[]> {
  const answer = await askGit(
    ['for-each-ref', '--format=%(refname)', `--contains=${commit}`, 'refs/heads', 'refs/remotes/origin'],
    { folder },
  );
  // Of a commit that is not there nothing is known, and Git fails.
  if (answer.exitCode !== 0) return [];
  const names = answer.stdout
    .toString('utf8')
    .split('\n')
    .map((ref) => ref.replace(/^refs\/(?:heads|remotes\/origin)\//, ''));
  return [...new Set(names)].filter((name) => name !== '' && name !== 'HEAD');
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
