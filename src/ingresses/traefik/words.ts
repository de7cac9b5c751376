import { entryOf, fieldPattern } from '../../objects/change/path.ts';
import { moved, plainValue, type Wording } from '../../objects/change/phrase.ts';
import { fieldsOf, itemsOf, textOf, valueAt } from '../../objects/fields.ts';

/** Words for a difference of a Traefik IngressRoute, e.g. `route /api → orders-svc:80 added`. */
export function ingressRouteWords(wording: Wording): string | undefined {
  const match = entryOf(wording.path, 'routes');
  const pattern = fieldPattern(wording.path);
  if (pattern === 'spec.entryPoints[]') return moved('entry point', wording);
  if (pattern === 'spec.tls' && (wording.before === undefined || wording.after === undefined)) {
    return `${tlsWords(wording.after ?? wording.before)} ${wording.after === undefined ? 'removed' : 'added'}`;
  }
  if (pattern === 'spec.tls.secretName') return moved('TLS Secret', wording);
  if (match === undefined) return undefined;
  const route = `route ${matchWords(match)}`;
  if (pattern === 'spec.routes[]')
    return `${route} → ${servicesWords(wording.after ?? wording.before)} ${wording.after === undefined ? 'removed' : wording.before === undefined ? 'added' : 'changed'}`;
  return inRoute(route, pattern.slice('spec.routes[].'.length), wording);
}

/** What requests are answered with, as an IngressRoute says it. */
export function tlsWords(tls: unknown): string {
  const secret = textOf(valueAt(tls, 'secretName'));
  return `TLS ${secret === undefined ? "of the controller's own certificate" : `by Secret ${secret}`}`;
}

function inRoute(route: string, field: string, wording: Wording): string | undefined {
  if (field === 'match') return `${route} → ${matchWords(String(wording.after))}`;
  if (field === 'priority') return moved(`${route}: priority`, wording);
  if (field === 'middlewares') return moved(`${route}: order of middlewares`, wording);
  if (field.startsWith('middlewares[]'))
    return moved(`${route}: middleware ${entryOf(wording.path, 'middlewares') ?? ''}`, {
      before: flag(wording.before),
      after: flag(wording.after),
    }).replace(/ yes (added|removed)$/, ' $1');
  if (field === 'services[]')
    return moved(`${route} →`, { before: serviceWords(wording.before), after: serviceWords(wording.after) });
  if (field === 'services[].name') return moved(`${route} → Service`, wording);
  if (field === 'services[].port') return moved(`${route} → port`, wording);
  return undefined;
}

const flag = (value: unknown): string | undefined => (value === undefined ? undefined : 'yes');

/** What a Traefik rule matches, e.g. `shop.example.com/api`; the rule itself when it is none of the simple ones. */
export function matchWords(match: string): string {
  const simple = match.replace(/\s+/g, ' ').trim();
  const hosts = [...simple.matchAll(/Host\(`([^`]+)`\)/g)].map(([, host = '']) => host);
  const paths = [...simple.matchAll(/(Path|PathPrefix)\(`([^`]+)`\)/g)].map(([, kind, path = '']) =>
    kind === 'Path' ? path : `${path.replace(/\/$/, '')}/…`,
  );
  const rest = simple.replaceAll(/(Host|Path|PathPrefix)\(`[^`]+`\)/g, '').replaceAll(/[\s()|&]/g, '');
  if (rest !== '' || (hosts.length === 0 && paths.length === 0)) return simple;
  const [first = '', ...others] = paths;
  // A path and everything below it is one thing to people.
  const joined = others.length === 1 && others[0] === `${first.replace(/\/$/, '')}/…` ? first : paths.join(' or ');
  return (hosts.length === 0 ? [''] : hosts).map((host) => `${host}${joined}`).join(', ');
}

const servicesWords = (route: unknown): string =>
  itemsOf(valueAt(route, 'services')).map(serviceWords).join(', ') || 'nothing';

function serviceWords(service: unknown): string | undefined {
  if (service === undefined) return undefined;
  const { name, port } = fieldsOf(service);
  return `${textOf(name) ?? '?'}${port === undefined ? '' : `:${plainValue(port) ?? '?'}`}`;
}
