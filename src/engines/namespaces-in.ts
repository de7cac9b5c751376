import type { KubernetesObject } from '../model/application.ts';
import { allowedNamespacesOf } from '../model/derived/places/namespaces.ts';
import type { Environment } from '../model/environment.ts';

/** Namespaces to which an environment's objects are written: its own, and of the further ones those that hold any. */
export function namespacesIn(environment: Environment, objects: readonly KubernetesObject[]): readonly string[] {
  const used = new Set(objects.map(({ metadata }) => metadata.namespace));
  return allowedNamespacesOf(environment).filter((one) => one === environment.namespace || used.has(one));
}
