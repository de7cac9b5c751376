import type { KubernetesObject } from '../../../model/application.ts';
import { everyIngress } from '../../../ingresses/ingresses.ts';
import type { RequestEntry } from '../../../ingresses/ingress.ts';
import { kindOf } from '../../../objects/kind.ts';

const entries: Readonly<Record<string, RequestEntry>> = Object.fromEntries(
  everyIngress.flatMap((ingress) => Object.entries(ingress.entries)),
);

/** Kinds that let requests from outside of the cluster in, as `kindOf` writes them. */
export const routeKinds: readonly string[] = Object.keys(entries);

/** What a way in is called: its hosts. */
export function titleOfRoute(object: KubernetesObject): string {
  const hosts = new Set(entries[kindOf(object)]?.hosts(object));
  hosts.delete('*');
  return hosts.size === 0 ? 'any host' : [...hosts].join(', ');
}

/** The paths of the rule that names a Service at a field, e.g. `spec.rules[0].http.paths[1].backend.service.name`. */
export const pathsOf = (object: KubernetesObject, field: string): readonly string[] =>
  entries[kindOf(object)]?.paths(object, field) ?? [];
