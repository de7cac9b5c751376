import type { PromotionCall } from '../hosts/workflow/call.ts';
import type { Job } from '../hosts/workflow/workflow.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Repository } from '../model/repository.ts';
import type { Promoter, Stage } from '../model/stage.ts';
import type { Check } from '../objects/check.ts';
import type { MovableField } from '../objects/files/movable-field.ts';
import type { RenderedFile } from '../objects/files/rendered-file.ts';
import type { EmbeddedPart } from '../objects/tools/embedded-part.ts';
import type { KubernetesObject } from '../model/application.ts';
import type { ToolInCluster } from '../objects/tools/tool-in-cluster.ts';

/** Who moves a stage's branch: what differs between one and another. Pure functions over data. */
export interface PromoterPlugin<Kind extends Promoter['kind'] = Promoter['kind']> {
  readonly kind: Kind;
  /** As its users write it, e.g. `GitHub Actions`. */
  readonly title: string;
  /**
   * The job of a workflow of the source that promotes to a stage what the call names.
   *
   * @default - no workflow promotes to its stages
   * @throws LackingCredential where the delivery declares none that it may push with
   */
  readonly job?: (delivery: Delivery, source: Repository, stage: Stage, call: PromotionCall) => Job;
  /**
   * The job of a workflow of the program that looks how the stages before are, and promotes to a stage what is healthy there; it is started again
   * and again, and there mostly is nothing to do.
   *
   * @default - no workflow looks for its stages
   * @throws LackingCredential where the delivery declares none that it may push with, or that it may ask a cluster with
   */
  readonly look?: (delivery: Delivery, stage: Stage) => Job;
  /**
   * The fields of a file that it moves by itself, among those that a release sets. Nothing else that it writes is believed: this is the border of
   * the trust in it.
   *
   * @default - it moves nothing by itself: the program writes its stages' branches
   */
  readonly moves?: (file: RenderedFile) => readonly MovableField[];
  /** What it needs in a cluster. @default - nothing */
  readonly inCluster?: ToolInCluster<Stage>;
  /** Parts of its own kinds that have schemas of their own. @default - none */
  readonly parts?: (object: KubernetesObject) => readonly EmbeddedPart[];
  /** Whether a text in such a part stands for a value that is not known before, of whatever type. @default - none does */
  readonly isFilledIn?: (text: string) => boolean;
  /** What is checked of its own objects. */
  readonly checks: readonly Check[];
}
