import type { Ailment } from './ailment.ts';
import type { WatchedObject } from './watched-object.ts';

/** What an engine says of one application. */
export interface LiveApplication {
  readonly name: string;
  /** `Synced`, `OutOfSync`, `Unknown`; `Missing` when the engine does not know the application. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
  readonly health: string;
  /** Commit that the cluster was last compared with. @default - none yet */
  readonly revision?: string;
  /** Phase of the last operation: `Succeeded`, `Running`, `Failed`, `Error`. @default - there was none */
  readonly operation?: string;
  /** What the engine says of the operation or of the comparison. @default - nothing */
  readonly message?: string;
  readonly ailments: readonly Ailment[];
}

/**
 * Whether an application runs a commit and is well. Synced and Healthy alone is not enough: both can show while a failed operation still runs, and
 * Healthy alone is what ran before, until the new commit is synced.
 */
export const isDone = ({ sync, health, revision, operation }: LiveApplication, expected: string | undefined): boolean =>
  sync === 'Synced' &&
  health === 'Healthy' &&
  revision === expected &&
  (operation === undefined || operation === 'Succeeded');

/** What is said of an application whose watched object is not in the cluster. @param mend - what to type about it */
export const missing = ({ kind, name, namespace }: WatchedObject, mend: string): LiveApplication => ({
  name,
  sync: 'Missing',
  health: 'Missing',
  message: `there is no ${kind} ${name} in ${namespace}; ${mend}`,
  ailments: [],
});

/** What is said of an application whose watched object follows something else: what its status says is no answer. */
export const followingElse = (name: string, other: string, mend: string): LiveApplication => ({
  name,
  sync: 'Unknown',
  health: 'Unknown',
  message: `${other}; ${mend}`,
  ailments: [],
});
