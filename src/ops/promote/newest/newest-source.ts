import type { RevisionOf } from '../label-source.ts';

/** The newest that its registry has, whoever built it. */
export interface NewestSource {
  readonly kind: 'newest';
  /** Commit that it must be built from, or from a later one: it is waited for as long as the stage says. @default - whatever is there */
  readonly sourceCommit?: string;
}

/** Who is asked what there is. */
export interface RegistryLook {
  /** Every tag of a repository. @throws RegistryError */
  readonly tagsOf: (repository: string) => Promise<readonly string[]>;
  /** The commit that an image says it was built from. @throws RegistryError */
  readonly revisionOf: RevisionOf;
  /** Waits before the registry is asked again; `why` is for people. */
  readonly wait: (milliseconds: number, why: string) => Promise<void>;
}
