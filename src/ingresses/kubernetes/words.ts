import type { KubernetesObject } from '../../model/application.ts';
import { entryOf, fieldPattern } from '../../objects/change/path.ts';
import { moved, plainValue, type Wording } from '../../objects/change/phrase.ts';
import { fieldsOf, itemsOf, textOf, valueAt } from '../../objects/fields.ts';

/** Words for a difference of an Ingress, e.g. `route shop.example/api/… → orders-svc:80 added`. */
export function ingressWords(wording: Wording): string | undefined {
  const { before, after, path } = wording;
  const pattern = fieldPattern(path);
  const host = entryOf(path, 'rules') ?? '';
  const of = after ?? before;
  const how = after === undefined ? 'removed' : before === undefined ? 'added' : 'changed';
  if (pattern === 'spec.tls' || pattern === 'spec.tls[]')
    return `TLS ${[...new Set((Array.isArray(of) ? of : [of]).flatMap(tlsWords))].join(', ')} ${how}`;
  if (pattern === 'spec.tls[].secretName') return moved('TLS Secret', wording);
  if (pattern === 'spec.tls[].hosts[]') return moved('TLS of host', wording);
  if (pattern === 'spec.rules[]') return `${rulesOf(of).join(', ')} ${how}`;
  const named = entryOf(path, 'paths');
  if (pattern.endsWith('.paths[]')) return `${routeWords(host, of)} ${how}`;
  if (named === undefined) return undefined;
  const route = `route ${host}${named}`;
  if (pattern.endsWith('.backend.service.name')) return moved(`${route} → Service`, wording);
  if (/\.backend\.service\.port\.(number|name)$/.test(pattern)) return moved(`${route} → port`, wording);
  if (pattern.endsWith('.pathType')) return moved(`${route}: path type`, wording);
  return undefined;
}

/** A new Ingress in a few words. */
export const ingressSummary = (object: KubernetesObject): readonly string[] => [
  ...itemsOf(valueAt(object, 'spec', 'rules')).flatMap(rulesOf),
  ...itemsOf(valueAt(object, 'spec', 'tls')).flatMap((tls) => `TLS ${tlsWords(tls).join(', ')}`),
];

function rulesOf(rule: unknown): readonly string[] {
  const host = textOf(valueAt(rule, 'host')) ?? '';
  return itemsOf(valueAt(rule, 'http', 'paths')).map((path) => routeWords(host, path));
}

function routeWords(host: string, of: unknown): string {
  const { path, pathType, backend } = fieldsOf(of);
  const { name, port } = fieldsOf(valueAt(backend, 'service'));
  const number = plainValue(valueAt(port, 'number') ?? valueAt(port, 'name'));
  const below = pathType === 'Exact' ? '' : '/…';
  return `route ${host}${(textOf(path) ?? '').replace(/\/$/, '')}${below} → ${textOf(name) ?? '?'}${number === undefined ? '' : `:${number}`}`;
}

const tlsWords = (tls: unknown): readonly string[] => {
  const secret = textOf(valueAt(tls, 'secretName'));
  return secret === undefined ? ["of the controller's own certificate"] : [`by Secret ${secret}`];
};
