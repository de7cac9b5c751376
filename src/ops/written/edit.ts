import type { FileAuthor } from '../git/last-changes.ts';

/** A file of ours that somebody else changed. */
export interface Edit {
  readonly path: string;
  readonly what: 'changed' | 'deleted' | 'image moved';
  /** Who did it. @default - could not be found */
  readonly by?: FileAuthor;
}
