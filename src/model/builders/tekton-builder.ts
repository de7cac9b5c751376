import type { Resources } from '../container.ts';
import type { Listener } from '../network/listener.ts';

/** Tekton, in the toolchain of the supply: a listener that GitHub tells of pushes, and a pipeline that each of them starts once. */
export interface TektonBuilder {
  readonly kind: 'tekton';

  /** What a commit must pass before anything is built of it, side by side, each in a copy of the source of its own. */
  readonly tasks: readonly {
    /** Lower-case name, e.g. `lint`. */
    readonly name: string;
    /** Image that it runs in, by its digest; it has a shell and what the script calls. */
    readonly image: string;
    /** What is run in the folder of the source, by `sh`: it ends with an error where the commit does not pass. No secrets. */
    readonly script: string;
    /** Variables of it. No secrets. @default - none */
    readonly env?: Readonly<Record<string, string>>;
    /** What it may use. @default - half a CPU and 1Gi are reserved for it, and it has 4Gi at most */
    readonly resources?: Resources;
  }[];

  /** The images that it builds, each from a folder of the source. */
  readonly images: readonly {
    /** Name of the artifact that the image is. */
    readonly artifact: string;
    /** Folder of the source that the image is built in. */
    readonly context: string;
    /** File that says how, from the root of the source. @default - `Dockerfile` in the folder */
    readonly dockerfile?: string;
    /** What the build may use. @default - half a CPU and 1Gi are reserved for it, and it has 4Gi at most */
    readonly resources?: Resources;
  }[];

  /** Images of the tools that the pipeline runs, each by its digest. */
  readonly tools: {
    /** Git and OpenSSH, with a shell and the user 65532, e.g. `cgr.dev/chainguard/git`. */
    readonly git: string;
    /** Kaniko, as it is kept up today: `ghcr.io/osscontainertools/kaniko`. */
    readonly kaniko: string;
    /** Crane with a shell, e.g. `cgr.dev/chainguard/crane` as it is for developers. */
    readonly crane: string;
    /** kubectl with a shell, e.g. `alpine/k8s`. */
    readonly kubectl: string;
  };

  /** Where GitHub tells of pushes. */
  readonly listener: Listener;

  /** Name of the credential that images are pushed with: a Secret in a namespace of the toolchain, which everything runs in. */
  readonly pushesWith: string;
  /** Name of the credential that the source is read with: a deploy key beside the other Secret. @default - the source is public */
  readonly readsWith?: string;

  /** Disk that a run keeps the source on; each run has its own, which goes with it. */
  readonly workspace: {
    /** Its size, e.g. `2Gi`. */
    readonly size: string;
    /** Its storage class. @default - the cluster's default class */
    readonly storageClass?: string;
  };

  /** Runs that are kept of those that have ended, with their disks; older ones go within the hour. @default 10 */
  readonly keptRuns?: number;
}
