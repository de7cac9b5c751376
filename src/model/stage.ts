import type { VersionScheme } from './artifact.ts';
import { liesIn } from './formats/git-pattern.ts';
import type { Listener } from './network/listener.ts';
import type { Trigger } from './supply.ts';

/** What may enter a stage. */
export type Intake =
  | {
      readonly from: 'supply';
      /** Names of the supplies. */
      readonly supplies: readonly string[];
    }
  /** Releases that are verified in every one of these stages. */
  | {
      readonly from: 'stages';
      /** Names of the stages. */
      readonly stages: readonly string[];
    }
  /** Nothing: the application runs no artifact, e.g. a database alone, and the program is all that changes it. */
  | { readonly from: 'program' };

/** What must be true before the write. */
export type Gate =
  /** Nothing; `accepted` is the reason, needed on a last stage. */
  | {
      readonly kind: 'none';
      /** Why nothing holds it. @default - none; a last stage needs one */
      readonly accepted?: string;
    }
  /** An approved pull request. */
  | {
      readonly kind: 'pullRequest';

      /** People who must approve, 1 to 6. */
      readonly approvals: number;

      /** Names of the actors who may. */
      readonly approvers: readonly string[];

      /** Names of the checks that must pass. */
      readonly checks: readonly string[];
    }
  /** A tag made by a person. */
  | {
      readonly kind: 'humanTag';
      /** What the tag looks like. */
      readonly pattern: string;
      /** Names of the actors who may make it. */
      readonly taggers: readonly string[];
    };

/** Which field of which file carries the version. */
export type Locator =
  /** The whole rendered tree of an environment branch. */
  | { readonly kind: 'tree' }
  | {
      readonly kind: 'kustomizeImage';
      /** The kustomization. */
      readonly file: string;
      /** Name of the image in it, whose `newTag` is written. */
      readonly image: string;
    }
  | {
      readonly kind: 'yamlPath';
      /** The YAML file. */
      readonly file: string;
      /** Keys to the field, with dots between them. */
      readonly path: string;
    }
  | {
      readonly kind: 'helmValue';
      /** The file of values. */
      readonly file: string;
      /** Keys to the value, with dots between them. */
      readonly key: string;
    }
  | {
      readonly kind: 'marker';
      /** The YAML file. */
      readonly file: string;
      /** What the comment behind the field says. */
      readonly marker: string;
    };

/** The one change of desired state that a promotion makes. */
export interface Write {
  /** Name of a declared repository. */
  readonly repository: string;

  /** Branch that is written; of a tree it is `env/<environment>`, or `app/<environment>/<application>` where there are several. */
  readonly branch: string;
  readonly locator: Locator;
  /** Further fields that the same commit changes, e.g. one image each. @default - none */
  readonly further?: readonly Locator[];
  /** Whether the branch is written itself, or by a pull request. @default - 'pullRequest' where the gate is one, else 'commit' */
  readonly mode?: 'commit' | 'pullRequest';
  /** Commit subject; `{version}` and `{environment}` are filled in. */
  readonly message: string;

  /** Who the commit is by. */
  readonly author: {
    /** Name. */
    readonly name: string;
    /** E-mail address. */
    readonly email: string;
  };
  /** Name of the credential that pushes. */
  readonly credential: string;
}

/** Who makes the cluster equal to Git, and how it says healthy. It follows the branch that the stage writes. */
export type Engine =
  | {
      readonly kind: 'argocd';

      /** What the branch holds. */
      readonly source: 'plain' | 'kustomize' | 'helm';

      /** Whether objects that are gone from Git are deleted. */
      readonly prune: boolean;

      /** Whether changes made in the cluster are undone. */
      readonly selfHeal: boolean;
      /**
       * Whether a sync applies what differs from the cluster and leaves the rest alone: among hundreds of objects a change takes seconds and not
       * minutes. A sync that is tried again then removes what left the branch although what is to replace it never got healthy.
       *
       * @default false
       * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#selective-sync
       */
      readonly applyOutOfSyncOnly?: boolean;
      /** Folders and files of the branch that it reads. @default - what Portolan renders */
      readonly paths?: readonly string[];
    }
  | {
      readonly kind: 'flux';

      /** What the branch holds: objects that a Kustomization applies, or a HelmRelease. */
      readonly source: 'kustomization' | 'helmRelease';

      /** Whether objects that are gone from Git are deleted. */
      readonly prune: boolean;

      /** Minutes between two looks at the branch, and between two at the cluster: an edit by hand is undone then. */
      readonly pollMinutes: number;
      /**
       * Name of the environment's credential with which Flux says of each commit of the branch how it ended, as a commit status of the ops
       * repository: whoever asks there reaches no cluster.
       * @default - it says so in its cluster alone
       */
      readonly reportsWith?: string;
      /** Folders and files of the branch that it reads. @default - what Portolan renders */
      readonly paths?: readonly string[];
    };

/** Who moves a stage's branch. */
export type Promoter =
  /** This program, which workflows and people run. */
  | { readonly kind: 'githubActions' }
  /** Kargo, from the toolchain that the stage names. */
  | {
      readonly kind: 'kargo';
      /** Minutes that a release must have been in each stage that it comes from before it may enter. @default - none */
      readonly soakMinutes?: number;
      /**
       * Image of kubectl, with its digest, with which Kargo is made to notice the end of the soak.
       * @default - kubectl v1.34.1 of registry.k8s.io by its tag, which that registry never moves
       */
      readonly soakImage?: string;
    }
  /** This program, in a CronJob of the toolchain that the stage names: it looks in the registry at times, as often as the discovery says. */
  | {
      readonly kind: 'cronJob';
      /** Image with Node.js 20.12 or later, npm and Git, by its digest; everything else is fetched at each look. */
      readonly image: string;
      /** Where a registry tells that something was pushed, so that it looks at once; Tekton's Triggers listen there. @default - it looks at times alone */
      readonly listener?: Listener;
    }
  /** This program, in a task at the end of the run of Tekton that built what the stage takes, in the toolchain of both: it promotes what that run built. */
  | {
      readonly kind: 'tekton';
      /** Image with Node.js 20.12 or later, npm and Git, by its digest; everything else is fetched at each run. */
      readonly image: string;
    }
  /**
   * Flux's image automation, from the toolchain that the stage names: it looks in the registry as often as the discovery says, and writes the newest into the
   * branch by itself. It asks no hold.
   */
  | { readonly kind: 'fluxImages' };

/** An environment's position on the course: what may enter, what starts it, what holds it, what it writes. */
export interface Stage {
  /** Unique. In a delivery with one application it is the environment's name. */
  readonly name: string;

  /** Name of the environment that it delivers to. */
  readonly environment: string;

  /** Name of the application that it delivers. */
  readonly application: string;
  readonly intake: Intake;
  readonly triggers: readonly Trigger[];
  readonly gate: Gate;
  readonly write: Write;
  /** Who moves its branch. @default { kind: 'githubActions' } */
  readonly promoter?: Promoter;
  /** Name of the toolchain that the promoter runs in. @default - it runs in none */
  readonly toolchain?: string;
  readonly engine: Engine;
  /** Scheme and order of what this stage deploys. @default - each artifact's own */
  readonly versions?: VersionScheme;
  /** Builds again instead of moving the verified bits; must be said because it deploys what no stage ran. @default false */
  readonly rebuild?: boolean;
  /**
   * Why this stage may deploy builds of code that nobody merged. A build of another branch than the one that runs, neither before it nor after it,
   * may then replace it, and the later promotion counts; an ancestor of what runs stays superseded, and holds stay. @default - it may not
   */
  readonly acceptsUnmerged?: string;
  /** Minutes that `promote --newest --source-commit` looks for an image of that commit before it gives up. @default - does not wait */
  readonly waitMinutes?: number;
  /** Who may push past the gate in an emergency, by actor name. @default - nobody */
  readonly emergency?: readonly string[];
}

/** How a stage changes its branch: by a commit of its own, or by a pull request that somebody merges. */
export const writeMode = ({ gate, write }: Stage): 'commit' | 'pullRequest' =>
  write.mode ?? (gate.kind === 'pullRequest' ? 'pullRequest' : 'commit');

/** Whether a file of the branch is one that the stage's engine reads. */
export const isRead = ({ engine: { paths = [] } }: Stage, file: string): boolean => liesIn(paths, file);

/** Every field that a stage's write changes. */
export const locatorsOf = ({ locator, further }: Write): readonly Locator[] => [locator, ...(further ?? [])];

/** Whether anything must be true before a stage writes. */
export const isGated = ({ gate }: Stage): boolean => gate.kind !== 'none';

/** Whether a stage is entered by what is healthy in the stages that it takes from, without a person. */
export const isStartedByHealth = ({ triggers }: Stage): boolean => triggers.some(({ on }) => on === 'upstreamHealthy');
