import type { KubernetesObject } from '../../model/application.ts';

/** How an object is told from every other in a cluster. */
export interface ObjectKey {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the object belongs to the whole cluster */
  readonly namespace?: string;
}

/** The key of a rendered object. */
export const keyOf = ({ apiVersion, kind, metadata }: KubernetesObject): ObjectKey => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
});

/** The id under which the Kubernetes provider imports an object: `namespace/name`, or the name alone. */
export const importId = ({ name, namespace }: ObjectKey): string =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** The same key as text, e.g. `Secret shop/orders-db`. */
export const describeKey = (key: ObjectKey): string => `${key.kind} ${importId(key)}`;
