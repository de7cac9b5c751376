import type { KubernetesObject } from '../model/application.ts';
import type { Environment } from '../model/environment.ts';

/** Namespaces to which an environment's objects are written: its own, and of the further ones those that hold any. */
export function namespacesIn(
  { namespace, furtherNamespaces = [] }: Environment,
  objects: readonly KubernetesObject[],
): readonly string[] {
  const used = new Set(objects.map(({ metadata }) => metadata.namespace));
  return [namespace, ...furtherNamespaces.filter((further) => used.has(further))];
}
