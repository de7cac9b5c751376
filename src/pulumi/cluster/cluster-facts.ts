import type { LiveSecret } from '../../clients/kubernetes/open-for-set-up.ts';
import type { EngineAtSetUp, KindInUse, RenderedBinding } from '../../engines/engine-at-set-up.ts';
import type { OtherFollower } from '../../engines/other-followers.ts';
import type { ObjectKey } from './object-key.ts';

/** What has to be looked up in a cluster before an environment's stack can be planned. */
export interface ClusterQuestion {
  /** Stack that asks; its file names the context. */
  readonly stack: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** The engine that must be there. */
  readonly engine: EngineAtSetUp;
  /** Namespaces of its objects and of what it applies, and the objects that say what may be applied. */
  readonly rendered: Pick<RenderedBinding, 'namespace' | 'environmentNamespace' | 'limits'>;
  /** What other engines may still follow the environment by. */
  readonly others: readonly OtherFollower[];
  /** Objects that may be there already. */
  readonly objects: readonly ObjectKey[];
}

/** What the cluster answered. Only a cluster with the engine answers at all. */
export interface ClusterFacts {
  /** Objects of the question that are there, as {@link describeKey} writes them. */
  readonly existing: ReadonlySet<string>;
  /** Those of them that are Secrets, by the same text. */
  readonly secrets: ReadonlyMap<string, LiveSecret>;
  /** Those that are none, as they are, by the same text. @default - none */
  readonly live?: ReadonlyMap<string, unknown>;
  /** What another engine follows the environment by, as `Kind namespace/name`, and the lines that make it let go. @default - nothing */
  readonly followedBy?: readonly { readonly object: string; readonly lines: readonly string[] }[];
  /** Kinds that are allowed now and that the engine still looks after an object of. @default - none */
  readonly kindsInUse?: readonly KindInUse[];
}
