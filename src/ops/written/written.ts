import type { Edit } from './edit.ts';
import type { Removal } from './removal.ts';
import type { PullRequest } from '../../hosts/pull-requests.ts';

/** What a write did to a unit's branch. Paths are those of files on the branch. */
export interface Written {
  readonly environment: string;
  /** Name of the application, where the environment has several. @default - its only one, or what several share */
  readonly application?: string;
  readonly branch: string;
  /** `proposed`: a pull request is open and the branch is as it was; `superseded`: something newer is there already. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'proposed' | 'superseded';
  /** Commit that holds the new state: the branch's tip, or that of the pull request. */
  readonly commit: string;
  /** The branch's tip before. @default - there was no branch */
  readonly previous?: string;
  /** Id of the release. */
  readonly release: string;
  /** Id of the release before. @default - there was none */
  readonly previousRelease?: string;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Objects that are gone, whatever file they were in. */
  readonly removals: readonly Removal[];
  /** Files that this program never wrote; they were left alone. */
  readonly foreign: readonly string[];
  /** Files that this program never wrote and that stood where ours are now; they are gone. */
  readonly replaced: readonly string[];
  /** Edits by hand that were overwritten. */
  readonly discarded: readonly Edit[];
  /** Everything that a person should know, as sentences; what there is to do is in `steps` too. */
  readonly notices: readonly string[];
  /** Those notices that are to be done around the write, in this order: before the cluster can apply it, and after it did. */
  readonly steps: readonly string[];
  /** What is newer, as a sentence; there when the outcome is `superseded`. @default - nothing */
  readonly supersededBy?: string;
  /** @default - the branch was written itself */
  readonly pullRequest?: PullRequest;
  /** Branches that earlier proposals left over, without a pull request, and that were removed on the way. */
  readonly leftovers: readonly string[];
  /** How often it was decided; more than 1 when others wrote at the same time. */
  readonly attempts: number;
}

/** What a write will have done, once it landed. */
export type Prepared = Omit<Written, 'attempts' | 'leftovers'>;
