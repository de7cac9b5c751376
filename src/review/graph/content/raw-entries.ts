import type { KubernetesObject } from '../../../model/application.ts';
import { everyIngress } from '../../../ingresses/ingresses.ts';
import type { RequestEntry } from '../../../ingresses/ingress.ts';
import { fieldsOf, itemsOf, placesOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { kindOf } from '../../../objects/kind.ts';

/** What Kubernetes' own kind and those of the Gateway API say. */
const standard: RequestEntry = {
  hosts: ({ spec }) => [
    ...placesOf(valueAt(spec, 'rules'), '').flatMap(({ fields }) => textOf(fields['host']) ?? []),
    ...textsOf(valueAt(spec, 'hostnames')),
  ],
  paths({ spec }, field) {
    const [index, path] = /^spec\.rules\[(\d+)\](?:\.http\.paths\[(\d+)\])?/.exec(field)?.slice(1) ?? [];
    const rule = fieldsOf(itemsOf(valueAt(spec, 'rules'))[Number(index)]);
    if (path !== undefined)
      return [textOf(valueAt(itemsOf(valueAt(rule, 'http', 'paths'))[Number(path)], 'path')) ?? '/'];
    return placesOf(rule['matches'], '').flatMap(({ fields }) => textOf(valueAt(fields, 'path', 'value')) ?? []);
  },
};

const entries: Readonly<Record<string, RequestEntry>> = {
  Ingress: standard,
  ...Object.fromEntries(everyIngress.flatMap((ingress) => Object.entries(ingress.entries))),
  HTTPRoute: standard,
  GRPCRoute: standard,
  TCPRoute: standard,
  TLSRoute: standard,
};

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
