import type { KubernetesObject } from '../model/application.ts';
import { applicationFolder } from '../model/names.ts';

/** API group of an object; empty for the core group. */
export function groupOf({ apiVersion }: Pick<KubernetesObject, 'apiVersion'>): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/**
 * File of an object that the engine applies, e.g. `manifests/shop/deployment.apps.dev-orders.yaml`; of one in another namespace than the
 * environment's, `configmap.dev-orders@monitoring.yaml`, because two of one name may be there.
 */
export function manifestPath(application: string, object: KubernetesObject, own: string): string {
  const group = groupOf(object);
  const { name, namespace = own } = object.metadata;
  const elsewhere = namespace === own ? '' : `@${namespace}`;
  return `${applicationFolder(application)}/${object.kind.toLowerCase()}.${group === '' ? '' : `${group}.`}${name}${elsewhere}.yaml`;
}

/**
 * File of an object that must exist before the first sync, e.g. `bootstrap/10-namespace.dev.yaml`. Their number is the order
 * in which `kubectl apply -f` takes them.
 */
export const bootstrapPath = (order: number, object: KubernetesObject): string =>
  `bootstrap/${order}-${object.kind.toLowerCase()}.${object.metadata.name}.yaml`;
