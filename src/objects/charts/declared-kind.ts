import type { KubernetesObject } from '../../model/application.ts';
import { apiGroup } from '../kind.ts';

/** Group and kind of a kind that is declared with its group, e.g. `Deployment.apps`, or without one, e.g. `Service`. */
export function declaredKind(declared: string): { readonly group: string; readonly kind: string } {
  const dot = declared.indexOf('.');
  return dot === -1 ? { group: '', kind: declared } : { group: declared.slice(dot + 1), kind: declared.slice(0, dot) };
}

/** The kind of an object as it is declared. */
export function asDeclared(object: KubernetesObject): string {
  const group = apiGroup(object);
  return group === '' ? object.kind : `${object.kind}.${group}`;
}
