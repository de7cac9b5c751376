import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';

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

/** Name of an object's resource in a stack: one in a further namespace of the place names it too. */
export const resourceNameOf = ({ namespaces = [] }: Pick<Environment, 'namespaces'>, key: ObjectKey): string =>
  key.namespace !== undefined && namespaces.includes(key.namespace) ? importId(key) : key.name;

/** The same key as text, e.g. `Secret shop/orders-db`. */
export const describeKey = (key: ObjectKey): string => `${key.kind} ${importId(key)}`;
