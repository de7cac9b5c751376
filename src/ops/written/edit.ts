import type { CommitAuthor } from '../git/logged-commits.ts';

/** A file of ours that somebody else changed. */
export interface Edit {
  readonly path: string;
  /** Where others move versions, one that they did not move as a whole is a version moved. */
  readonly what: 'changed' | 'deleted' | 'image moved' | 'version moved';
  /** Who did it. @default - could not be found */
  readonly by?: CommitAuthor;
}
