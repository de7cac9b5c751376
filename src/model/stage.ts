import type { VersionScheme } from './artifact.ts';
import type { Trigger } from './supply.ts';

/** What may enter a stage. */
export type Intake =
  | { readonly from: 'supply'; readonly supplies: readonly string[] }
  /** Releases that are verified in every one of these stages. */
  | { readonly from: 'stages'; readonly stages: readonly string[] };

/** What must be true before the write. */
export type Gate =
  /** Nothing; `accepted` is the reason, needed on a last stage. */
  | { readonly kind: 'none'; readonly accepted?: string }
  | { readonly kind: 'checks'; readonly checks: readonly string[] }
  /** An approved pull request. */
  | {
      readonly kind: 'pullRequest';
      readonly approvals: number;
      readonly approvers: readonly string[];
      readonly checks: readonly string[];
    }
  /** A tag made by a person. */
  | { readonly kind: 'humanTag'; readonly pattern: string; readonly taggers: readonly string[] }
  | { readonly kind: 'verification'; readonly job: string };

/** Which field of which file carries the version. */
export type Locator =
  /** The whole rendered tree of an environment branch. */
  | { readonly kind: 'tree' }
  | { readonly kind: 'kustomizeImage'; readonly file: string; readonly image: string }
  | { readonly kind: 'yamlPath'; readonly file: string; readonly path: string }
  | { readonly kind: 'helmValue'; readonly file: string; readonly key: string }
  | { readonly kind: 'marker'; readonly file: string; readonly marker: string };

/** The one change of desired state that a promotion makes. */
export interface Write {
  /** Name of a declared repository. */
  readonly repository: string;
  readonly branch: string;
  readonly locator: Locator;
  /** Further fields that the same commit changes, e.g. one image each. @default - none */
  readonly further?: readonly Locator[];
  /** @default - 'pullRequest' where the gate is one, else 'commit' */
  readonly mode?: 'commit' | 'pullRequest';
  /** Branch of the pull request. @default - `promote/<environment>/<release id>` */
  readonly headBranch?: string;
  /** Commit subject; `{version}` and `{environment}` are filled in. */
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Name of the credential that pushes. */
  readonly credential: string;
  /** Whether a push with this credential starts workflows of the repository; a GITHUB_TOKEN's does not. */
  readonly startsWorkflows: boolean;
  /** What a writer does when the branch moved. */
  readonly onConflict: 'renderAgain' | 'rebase' | 'fail';
}

/** Who makes the cluster equal to Git, and how it says healthy. */
export type Engine =
  | {
      readonly kind: 'argocd';
      readonly source: 'plain' | 'kustomize' | 'helm';
      readonly prune: boolean;
      readonly selfHeal: boolean;
      readonly pollMinutes: number;
      /** Git revision that is followed; a branch that ungated commits may change is refused for gated stages. */
      readonly follows: { readonly repository: string; readonly branch: string; readonly paths: readonly string[] };
    }
  | {
      readonly kind: 'flux';
      readonly source: 'kustomization' | 'helmRelease';
      readonly prune: boolean;
      readonly pollMinutes: number;
      readonly follows: { readonly repository: string; readonly branch: string; readonly paths: readonly string[] };
    };

/** Who moves a stage's branch: this program in workflows, Kargo, a Tekton task, or Flux's image automation. */
export type Promoter = 'githubActions' | 'kargo' | 'tekton' | 'fluxImages';

/** How a release becomes verified: its objects are healthy, or a job of that name ended well. */
export type Verification = 'healthy' | 'job';

/** An environment's position on the course: what may enter, what starts it, what holds it, what it writes. */
export interface Stage {
  /** Unique. In a delivery with one application it is the environment's name. */
  readonly name: string;
  readonly environment: string;
  readonly application: string;
  readonly intake: Intake;
  readonly triggers: readonly Trigger[];
  readonly gate: Gate;
  readonly write: Write;
  /** @default 'githubActions' */
  readonly promoter?: Promoter;
  readonly engine: Engine;
  /** Scheme and order of what this stage deploys. @default - each artifact's own */
  readonly versions?: VersionScheme;
  /** Builds again instead of moving the verified bits; must be said because it deploys what no stage ran. @default false */
  readonly rebuild?: boolean;
  /** Why this stage may deploy builds of code that nobody merged. @default - it may not */
  readonly acceptsUnmerged?: string;
  /** How a release becomes verified here. @default 'healthy' */
  readonly verifiedBy?: 'healthy' | { readonly job: string };
  /** Minutes a waiter looks for the artifact before it gives up. @default - does not wait */
  readonly waitMinutes?: number;
  /** Who may push past the gate in an emergency, by actor name. @default - nobody */
  readonly emergency?: readonly string[];
}

/** How a stage changes its branch: by a commit of its own, or by a pull request that somebody merges. */
export const writeMode = ({ gate, write }: Stage): 'commit' | 'pullRequest' =>
  write.mode ?? (gate.kind === 'pullRequest' ? 'pullRequest' : 'commit');

/** Every field that a stage's write changes. */
export const locatorsOf = ({ locator, further }: Write): readonly Locator[] => [locator, ...(further ?? [])];

/** Whether anything must be true before a stage writes. */
export const isGated = ({ gate }: Stage): boolean => gate.kind !== 'none';
