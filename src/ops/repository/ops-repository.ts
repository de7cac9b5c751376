/** What became of an attempt to move a branch. */
export type MoveOutcome =
  | 'moved'
  /** Somebody else was first, or holds the branch right now: read the new tip and decide again. */
  | 'behind';

/**
 * The repository that holds one branch per environment: a bare one on this disk, or one on a host with a cache here.
 * Objects of all environment branches are read from `gitDir`.
 */
export interface OpsRepository {
  /** Path or URL as messages show it, without credentials. */
  readonly shown: string;
  /** Whether it lies on this disk, so that nobody deploys by writing to it. */
  readonly isLocal: boolean;
  /** Bare repository whose objects git reads and writes. */
  readonly gitDir: string;
  /** Brings the known tips and their objects up to date. */
  refresh(): Promise<void>;
  /** The commit a branch points at since the last refresh; undefined when there is no such branch. */
  tip(branch: string): Promise<string | undefined>;
  /** Branches whose name starts so, with their tips. */
  branches(prefix: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Points a branch at a commit if it still points at `expected` (undefined: if it does not exist), else changes nothing.
   * `replace` allows a commit that does not descend from `expected`; never used for an environment's branch.
   */
  move(branch: string, commit: string, expected: string | undefined, replace?: 'replace'): Promise<MoveOutcome>;
  /** Removes a branch if it still points at `expected`. */
  remove(branch: string, expected: string): Promise<MoveOutcome>;
}
