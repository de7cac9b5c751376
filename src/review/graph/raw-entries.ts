import type { KubernetesObject } from '../../model/application.ts';
import { fieldsOf, itemsOf, placesOf, textOf, textsOf, valueAt } from '../../objects/fields.ts';

/** Kinds that let requests from outside of the cluster in, as `kindOf` writes them. */
export const routeKinds = [
  'Ingress',
  'IngressRoute.traefik.io',
  'IngressRouteTCP.traefik.io',
  'IngressRouteUDP.traefik.io',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
] as const;

/** What a way in is called: its hosts. */
export function titleOfRoute({ spec }: KubernetesObject): string {
  const hosts = new Set([
    ...placesOf(valueAt(spec, 'rules'), '').flatMap(({ fields }) => textOf(fields['host']) ?? []),
    ...textsOf(valueAt(spec, 'hostnames')),
    ...placesOf(valueAt(spec, 'routes'), '').flatMap(({ fields }) =>
      valuesOf(textOf(fields['match']) ?? '', /\bHost(?:SNI)?\(([^)]*)\)/g),
    ),
  ]);
  hosts.delete('*');
  return hosts.size === 0 ? 'any host' : [...hosts].join(', ');
}

/** The paths of the rule that names a Service at a field, e.g. `spec.rules[0].http.paths[1].backend.service.name`. */
export function pathsOf({ spec }: KubernetesObject, field: string): readonly string[] {
  const [list, index, path] = /^spec\.(rules|routes)\[(\d+)\](?:\.http\.paths\[(\d+)\])?/.exec(field)?.slice(1) ?? [];
  if (list === undefined) return [];
  const rule = fieldsOf(itemsOf(valueAt(spec, list))[Number(index)]);
  if (list === 'routes') return valuesOf(textOf(rule['match']) ?? '', /\bPath(?:Prefix)?\(([^)]*)\)/g);
  if (path !== undefined)
    return [textOf(valueAt(itemsOf(valueAt(rule, 'http', 'paths'))[Number(path)], 'path')) ?? '/'];
  return placesOf(rule['matches'], '').flatMap(({ fields }) => textOf(valueAt(fields, 'path', 'value')) ?? []);
}

/** What stands in back quotes or quotes in the matchers of a Traefik rule. */
const valuesOf = (match: string, matcher: RegExp): readonly string[] =>
  [...match.matchAll(matcher)].flatMap(([, inside = '']) =>
    [...inside.matchAll(/[`"]([^`"]*)[`"]/g)].map(([, value = '']) => value),
  );
