import type { KubernetesObject } from '../../model/application.ts';
import { fieldPattern } from '../../objects/change/path.ts';
import { moved, plainValue, type Wording } from '../../objects/change/phrase.ts';
import { fieldsOf, itemsOf, textOf, textsOf, valueAt } from '../../objects/fields.ts';

/** Words for a difference of an HTTPRoute, e.g. `route /api/… → orders-svc:80 added`. */
export function httpRouteWords(wording: Wording): string | undefined {
  const { before, after, path } = wording;
  const pattern = fieldPattern(path);
  if (pattern.startsWith('spec.hostnames')) return moved('host', wording);
  if (pattern === 'spec.parentRefs[]') return moved('Gateway', { before: gateway(before), after: gateway(after) });
  if (/^spec\.parentRefs\[\]\.(name|namespace)$/.test(pattern)) return moved('Gateway', wording);
  if (pattern === 'spec.parentRefs[].sectionName') return moved('listener', wording);
  if (pattern !== 'spec.rules[]') return undefined;
  return `${routeWords(after ?? before)} ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`;
}

/** A new HTTPRoute in a few words. */
export const httpRouteSummary = (object: KubernetesObject): readonly string[] => {
  const hosts = textsOf(valueAt(object, 'spec', 'hostnames'));
  return [
    ...(hosts.length === 0 ? [] : [`host ${hosts.join(', ')}`]),
    ...itemsOf(valueAt(object, 'spec', 'rules')).map(routeWords),
  ];
};

const gateway = (of: unknown): string | undefined => {
  const { name, namespace, sectionName } = fieldsOf(of);
  const parts = [namespace, name, sectionName].flatMap((part) => textOf(part) ?? []);
  return parts.length === 0 ? undefined : parts.join('/');
};

function routeWords(rule: unknown): string {
  const paths = itemsOf(valueAt(rule, 'matches')).map((match) => {
    const { type, value } = fieldsOf(valueAt(match, 'path'));
    return `${(textOf(value) ?? '/').replace(/(?<=.)\/$/, '')}${type === 'Exact' ? '' : '/…'}`.replace('//', '/');
  });
  const behind = itemsOf(valueAt(rule, 'backendRefs')).map((backend) => {
    const { name, port } = fieldsOf(backend);
    const number = plainValue(port);
    return `${textOf(name) ?? '?'}${number === undefined ? '' : `:${number}`}`;
  });
  return `route ${paths.join(', ') || '/…'} → ${behind.join(', ') || 'nothing'}`;
}
