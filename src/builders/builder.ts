import type { Call, BuiltTag } from '../hosts/workflow/call.ts';
import type { Job } from '../hosts/workflow/workflow.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Repository } from '../model/repository.ts';
import type { Builder, Supply } from '../model/supply.ts';
import type { Check } from '../objects/check.ts';
import type { ToolInCluster } from '../objects/tools/tool-in-cluster.ts';

/** How a builder builds in a workflow of the source's repository. It is given supplies of its own kind alone. */
export interface WorkflowBuilder {
  /**
   * One job that builds everything of the supplies once.
   *
   * @param built - what is built. @default - the commit that the run is of, which the images get as their tag
   */
  readonly job: (delivery: Delivery, source: Repository, supplies: readonly Supply[], built?: BuiltTag) => Job;
  /**
   * One job that decides the version of what is built of a commit, before anything is built of it. Its output `version` is the tag of the images;
   * where it has none, nothing is built. @default - images have the commit as their tag
   */
  readonly version?: (delivery: Delivery, supplies: readonly Supply[]) => Job | undefined;
  /**
   * Hands what the job of this id made to a promotion: each artifact as `--image NAME=REFERENCE`, through the environment.
   *
   * @param wanted - names of the artifacts that are handed on. @default - every one
   */
  readonly built: (supplies: readonly Supply[], job: string, wanted?: ReadonlySet<string>) => Call;
  /** One job that builds everything of the supplies and publishes nothing. It holds no secret, because nobody merged what it builds. */
  readonly attempt: (delivery: Delivery, supplies: readonly Supply[]) => Job;
}

/** Who turns source into artifacts: what differs between one and another. Pure functions over data. */
export interface BuilderPlugin<Kind extends Builder['kind'] = Builder['kind']> {
  readonly kind: Kind;
  /** Who builds, in a picture, e.g. `built by GitHub Actions`. */
  words(builder: Extract<Builder, { readonly kind: Kind }>): string;
  /** How it builds in a workflow of the source. @default - it does not, and no workflow promotes what it built */
  readonly workflow?: WorkflowBuilder;
  /** What it needs in a cluster. @default - nothing */
  readonly inCluster?: ToolInCluster<Supply>;
  /** What is checked of its own objects. */
  readonly checks: readonly Check[];
}
