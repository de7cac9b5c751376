import type { PackagedChart } from './builders/packaged-chart.ts';
import type { TektonBuilder } from './builders/tekton-builder.ts';

/** How a Git trigger learns that something happened. */
export interface GitTransport {
  /** A workflow of the repository itself, a webhook to somebody else, or somebody who looks. @default 'workflow' */
  readonly by?: 'workflow' | 'webhook' | 'poll';
  /** Name of the credential that a webhook proves itself with. @default - none; a webhook without one is refused */
  readonly authentication?: string;
}

/** What starts a move. Branch, tag and path filters are GitHub's filter patterns. */
export type Trigger =
  | (GitTransport & {
      readonly on: 'push';

      /** Name of the repository that is pushed to. */
      readonly repository: string;

      /** Branches that count. */
      readonly branches: readonly string[];

      /** Branches among them that do not count. @default - none */
      readonly branchesIgnore?: readonly string[];

      /** Files of which one must have changed. @default - any file */
      readonly paths?: readonly string[];
    })
  | (GitTransport & {
      readonly on: 'pullRequest';

      /** Name of the repository that it is opened in. */
      readonly repository: string;

      /** Branches that it is to be merged into. @default - any branch */
      readonly branches?: readonly string[];

      /** Files of which one must have changed. @default - any file */
      readonly paths?: readonly string[];
    })
  | (GitTransport & {
      readonly on: 'gitTag';
      /** Name of the repository that is tagged. */
      readonly repository: string;
      /** What the tag looks like. */
      readonly pattern: string;
    })
  | {
      readonly on: 'artifactPublished';

      /** Name of the artifact that is published. */
      readonly artifact: string;

      /** Whether somebody looks, or the registry says so. */
      readonly by: 'poll';

      /** Minutes between two looks, as the discovery of the supply says them. @default - not said again */
      readonly intervalMinutes?: number;
    }
  | {
      readonly on: 'artifactPublished';

      /** Name of the artifact that is published. */
      readonly artifact: string;

      /** Whether somebody looks, or the registry says so. */
      readonly by: 'webhook';

      /** Name of the credential that the registry proves itself with. @default - none, which is refused */
      readonly authentication?: string;
    }
  | {
      readonly on: 'upstreamHealthy';

      /** Names of the stages that must be healthy. */
      readonly stages: readonly string[];

      /** Whether somebody looks at times, or the engine says besides that a look is worth while: by an event, which is believed nothing else. */
      readonly by: 'event' | 'poll';

      /**
       * Name of the credential with which the engine sends its events: one of each environment that the stages deliver to.
       * @default - none; an event without one is refused
       */
      readonly authentication?: string;
    }
  /** An event that somebody sends by name, for what is on the default branch then. */
  | {
      readonly on: 'dispatch';
      /** Name of the repository whose workflows are asked. */
      readonly repository: string;
      /** Type of the event. */
      readonly event: string;
      /** Name of the credential of whoever sends it: GitHub takes the event with a token alone that may write the repository. @default - not said */
      readonly authentication?: string;
    }
  /** Times, as a cron expression of five fields in UTC, for what is on the default branch then. */
  | {
      readonly on: 'schedule';
      /** Cron expression, five fields, in UTC. GitHub may be late, and skips times where much is going on. */
      readonly cron: string;
    }
  | { readonly on: 'manual' };

/** Who turns source into artifacts. */
export type Builder =
  | {
      readonly kind: 'githubActions';

      /** The images that it builds, each from a folder of the source; none where it packages charts alone. */
      readonly images: readonly {
        /** Name of the artifact that the image is. */
        readonly artifact: string;
        /** Folder of the source that the image is built in. */
        readonly context: string;
        /** File that says how, from the root of the source. @default - `Dockerfile` in the folder */
        readonly dockerfile?: string;
      }[];

      /** The charts that it packages, each at the version of the images. @default - none */
      readonly charts?: readonly PackagedChart[];
    }
  | {
      readonly kind: 'kpack';

      /** Base images: what is built on, and what the result runs on. */
      readonly stack: {
        /** Id that buildpacks know it by, e.g. `io.buildpacks.stacks.jammy`. */
        readonly id: string;
        /** Image that is built on, by its digest. */
        readonly build: string;
        /** Image that the result runs on, by its digest. */
        readonly run: string;
      };

      /** Images that the buildpacks come from, each by its digest. */
      readonly store: readonly string[];

      /** Ids of the buildpacks, in the order in which they are tried. */
      readonly order: readonly string[];
      /** Repository of the image of the builder itself, which kpack pushes before it builds, e.g. `ghcr.io/acme/builder`. */
      readonly builderRepository: string;
      /** Name of the credential that images are pushed with: a Secret in a namespace of the toolchain, which everything is built in. */
      readonly pushesWith: string;
      /** Name of the credential that the source is read with: a deploy key beside the other Secret. @default - the source is public */
      readonly readsWith?: string;
      /** Settings of the buildpacks, e.g. `BP_JVM_VERSION`. No secrets. @default - none */
      readonly env?: Readonly<Record<string, string>>;
      /** Disk that layers are kept on between two builds. @default - as kpack is set up: 2G of the cluster's default class, where it has one */
      readonly cache?: {
        /** Its size, e.g. `2Gi`. It never shrinks. */
        readonly size: string;
        /** Its storage class. @default - the cluster's default class */
        readonly storageClass?: string;
      };

      /** Minutes between two looks at the source; kpack 0.17 looks every minute. */
      readonly pollMinutes: number;
    }
  | TektonBuilder
  | {
      readonly kind: 'chartReleaser';
      /** Folder of the chart in the source. */
      readonly chart: string;
    }
  | {
      readonly kind: 'external';
      /** Who builds, in a few words for readers. */
      readonly by: string;
    };

/** How a promotion learns that an artifact exists. */
export type Discovery =
  | { readonly kind: 'sameJob' }
  | {
      readonly kind: 'registryPoll';
      /** Minutes between two looks. @default - as often as the registry answers somebody who has not logged in, 5 at least */
      readonly intervalMinutes?: number;
      /** Looks before it gives up. @default - it never does */
      readonly attempts?: number;
      /** Name of the credential that the registry is asked with. @default - it is asked without a login */
      readonly login?: string;
    }
  | {
      readonly kind: 'registryWebhook';
      /** Name of the credential that the registry proves itself with. @default - none, which is refused */
      readonly authentication?: string;
      /** Tags that do not count, e.g. `latest`. @default - none */
      readonly exclude?: readonly string[];
      /** Name of the credential that the registry is asked with. @default - it is asked without a login */
      readonly login?: string;
    }
  | {
      readonly kind: 'helmRepositoryPoll';
      /** Minutes between two looks. */
      readonly intervalMinutes: number;
    };

/** How releases come to exist: builder, checks, discovery. Kargo calls it a Warehouse. */
export interface Supply {
  /** Unique name; its workflow is `portolan-deliver-<name>`. */
  readonly name: string;
  /** Names of the artifacts that move together. */
  readonly artifacts: readonly string[];
  /** Name of the repository that holds the source. */
  readonly source: string;
  readonly builder: Builder;
  /** Name of the toolchain that the builder runs in. @default - it runs in no cluster of the delivery */
  readonly toolchain?: string;
  /**
   * Names of the checks that must pass before an artifact is published. Each is a workflow of the source that takes `workflow_call`, which
   * the build needs: `test` is `.github/workflows/test.yaml`. It reads the source, and is handed no secret.
   */
  readonly checks: readonly string[];
  /** What starts a build. */
  readonly triggers: readonly Trigger[];
  readonly discovery: Discovery;
  /** How long a build may take, in minutes. @default 30 */
  readonly buildMinutes?: number;
  /**
   * Where a workflow of the source pushes each commit to once its checks have passed, with its history: what a builder in a cluster builds.
   * @default - it builds the source itself
   */
  readonly copiesTo?: {
    /** Name of the repository that is copied to. */
    readonly repository: string;
    /** Branch that is copied to: the default branch of that repository. */
    readonly branch: string;
  };
  /** Whether unmerged code is built into the same artifact repository; stages that deploy anything published must say so. @default false */
  readonly buildsUnmerged?: boolean;
  /** Why it builds another branch than the default one of the repository, e.g. `version 2 is what customers run`. @default - it builds the default branch */
  readonly branchReason?: string;
}
