import type { ObjectKey } from './object-key.ts';

/** What has to be looked up in a cluster before an environment's stack can be planned. */
export interface ClusterQuestion {
  /** Stack that asks; its file names the context. */
  readonly stack: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Namespace that Argo CD's Applications live in. */
  readonly argoCdNamespace: string;
  /** AppProject of the environment, in that namespace. */
  readonly project: string;
  /** Objects that may be there already. */
  readonly objects: readonly ObjectKey[];
}

/** A Secret as it is in the cluster. Its values never leave this program. */
export interface LiveSecret {
  readonly annotations: Readonly<Record<string, string>>;
  /** Decoded values by key. */
  readonly values: ReadonlyMap<string, string>;
}

/** What the cluster answered. Only a cluster with Argo CD answers at all. */
export interface ClusterFacts {
  /** Objects of the question that are there, as {@link describeKey} writes them. */
  readonly existing: ReadonlySet<string>;
  /** Those of them that are Secrets, by the same text. */
  readonly secrets: ReadonlyMap<string, LiveSecret>;
  /** Kinds that the AppProject allows now and that its Applications still track an object of. @default - none */
  readonly kindsInUse?: readonly KindInUse[];
}

/** A kind that Argo CD still looks after. */
export interface KindInUse {
  /** List of the AppProject that allows it. */
  readonly list: 'namespaceResourceWhitelist' | 'clusterResourceWhitelist';
  readonly group: string;
  readonly kind: string;
}
