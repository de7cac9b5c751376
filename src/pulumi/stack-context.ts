import type { KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { Repository } from '../model/repository.ts';
import type { Settings } from '../model/settings/settings.ts';
import type { StackFiles } from '../settings/read-stack-files.ts';
import type { ClusterFacts, ClusterQuestion } from './cluster/cluster-facts.ts';
import type { GitHubFacts, GitHubQuestion } from './github/github-facts.ts';
import type { Existing, ExistingQuestion } from './github/existing/read-existing.ts';
import type { StackState } from './state/stack-state.ts';
import type { Tools } from '../render/tools.ts';
import type { StackSecrets } from './stack-secrets.ts';

/** Everything a stack is made from. What reaches out of the process is a function, so that tests can stand in for it. */
export interface StackContext {
  /** Name of the stack: `platform`, or an environment's name. */
  readonly stack: string;
  readonly delivery: Delivery;
  readonly settings: Settings;
  /** The stack files as they are on disk. */
  readonly files: StackFiles;
  readonly secrets: StackSecrets;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools;
  /** Whether nothing is changed, only shown. */
  readonly preview: boolean;
  /** The objects that are rendered to an environment's `bootstrap/`, in the order of their files. */
  readonly bootstrap: (environment: Environment) => Promise<readonly KubernetesObject[]>;
  /** Files of the default branch of a repository that holds rendered output, by path; none where nothing has to be guarded. */
  readonly defaultBranchFiles: (ops: Repository) => ReadonlyMap<string, string>;
  readonly lookUpGitHub: (question: GitHubQuestion) => Promise<GitHubFacts>;
  /** Which of the things that the stack would make are at GitHub already. */
  readonly lookUpExisting: (question: ExistingQuestion) => Promise<Existing>;
  /** Whether something was published to an environment's branch. */
  readonly isPublished: (environment: string) => Promise<boolean>;
  readonly lookUpCluster: (question: ClusterQuestion) => Promise<ClusterFacts>;
  /** What the stack's state has. */
  readonly state: () => Promise<StackState>;
  /** A stack file as the last commit has it; nothing when it is not committed. */
  readonly committedFile: (stack: string) => Promise<unknown>;
  /** Says something to the person who runs Pulumi. */
  readonly warn: (message: string) => void;
}
