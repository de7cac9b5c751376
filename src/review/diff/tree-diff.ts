import type { OrderStep } from '../../engines/order-step.ts';

/** What of an object differs: one field, one entry of a list, or the order of a list where order means something. */
export interface FieldChange {
  /** E.g. `spec.template.spec.containers[orders].env[LOG_LEVEL].value`. */
  readonly path: string;
  /** The value as it was; secrets are replaced by `(hidden)`. @default - the field is new */
  readonly before?: unknown;
  /** The value as it will be; secrets are replaced by `(hidden)`. @default - the field goes */
  readonly after?: unknown;
  /** The change in the owner's words, e.g. `6 → 8 replicas`. @default - there is no word for it */
  readonly words?: string;
  /** Whether something of the values is not shown. @default false */
  readonly hidden?: boolean;
  /** Why the API server refuses the change and what to do. @default - it can be changed in place */
  readonly immutable?: string;
}

/** What happens to an object. */
export type Action = 'created' | 'changed' | 'recreated' | 'renamed' | 'removed';

/** Who removes what left the tree: the engine; nobody, because the object says so; nobody, because the engine never applied it. */
export type Fate = 'pruned' | 'kept' | 'byHand';

/** One object that differs. */
export interface ObjectDiff {
  readonly action: Action;
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - cluster-wide, or as the namespace of the tree */
  readonly namespace?: string;
  readonly name: string;
  /** Whose it is: a service, a database, or the object's own name. */
  readonly owner: string;
  /** File that holds it, as the later tree names it, or the earlier where it goes. @default - not known */
  readonly path?: string;
  /** Field by field; empty for a created or removed object. */
  readonly changes: readonly FieldChange[];
  /** A created object in a few words, or what follows from a removal, e.g. `2 replicas`. */
  readonly remarks: readonly string[];
  /** The old name of a renamed object. @default - not renamed */
  readonly renamedFrom?: string;
  /** Who removes a removed object, or the old one of a renamed object. @default - nothing is removed */
  readonly fate?: Fate;
}

/** Pods that are stopped and started. */
export interface PodRestart {
  /** `Kind/name` of the workload. */
  readonly object: string;
  readonly owner: string;
  /** How many pods there are afterwards. @default - an autoscaler says */
  readonly pods?: number;
  /** `rolling`: some at a time; `allAtOnce`: none runs for a moment; `byHand`: when somebody deletes them. */
  readonly manner: 'rolling' | 'allAtOnce' | 'byHand';
  /** E.g. `image v1.2 → v1.3` or `config orders-config changed`. */
  readonly causes: readonly string[];
}

/** One reason to look twice. */
export interface RiskNote {
  /** `Kind/name`. */
  readonly object: string;
  /** Lower case, no full stop. */
  readonly message: string;
}

/** A total before and after, in cores or bytes, and as people write it. */
export interface Moved {
  readonly before: number;
  readonly after: number;
  /** E.g. `1.5 → 2`. */
  readonly words: string;
}

/** What a reviewer looks at first. */
export interface Risk {
  /** Claims, volumes and StatefulSets that change or go. */
  readonly data: readonly RiskNote[];
  /** Services, routes, policies and probes that change or go. */
  readonly traffic: readonly RiskNote[];
  /** What pods, peers or the engine may do that they might not before. */
  readonly security: readonly RiskNote[];
  /** Totals that move: requests of all pods at their most, and claims. */
  readonly capacity: {
    readonly cpu?: Moved;
    readonly memory?: Moved;
    readonly storage?: Moved;
  };
}

/** What a change of the tree does, object by object. */
export interface TreeDiff {
  /** What is lost or made again first, then by owner, kind and name. */
  readonly objects: readonly ObjectDiff[];
  readonly restarts: readonly PodRestart[];
  readonly risk: Risk;
  /** What of `bootstrap/` comes before the branch, and what after it, in this order. @default - nothing, or two environments are compared */
  readonly order?: readonly OrderStep[];
}

/** Whether nothing differs and nothing restarts. */
export const isEqual = ({ objects, restarts }: TreeDiff): boolean => objects.length === 0 && restarts.length === 0;

/** `Kind/name`, as findings and exceptions name an object. */
export const treeObjectId = ({ kind, name }: Pick<ObjectDiff, 'kind' | 'name'>): string => `${kind}/${name}`;
