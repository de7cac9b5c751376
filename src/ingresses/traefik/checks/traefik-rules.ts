import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../objects/fields.ts';

/** Matchers of version 2 that version 3 calls otherwise. */
const renamed: Readonly<Record<string, string>> = { Headers: 'Header', HeadersRegexp: 'HeaderRegexp' };

/** Matchers of version 3, with the fewest and the most values they take. */
const matchers: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ALPN: [1, 1],
  ClientIP: [1, 1],
  Header: [2, 2],
  HeaderRegexp: [2, 2],
  Host: [1, 1],
  HostRegexp: [1, 1],
  HostSNI: [1, 1],
  HostSNIRegexp: [1, 1],
  Method: [1, 1],
  Path: [1, 1],
  PathPrefix: [1, 1],
  PathRegexp: [1, 1],
  Query: [1, 2],
  QueryRegexp: [1, 2],
};

const call = /([A-Za-z]+)\(\s*((?:`[^`]*`|"[^"]*"|[^)`"])*)\)/g;
const values = /`([^`]*)`|"([^"]*)"/g;

/** Routes of Traefik speak the rules of version 3: what only version 2 understands matches nothing, and the route is dropped. */
export const traefikRules: Check = {
  name: 'traefik-rules',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('IngressRoute.traefik.io', 'IngressRouteTCP.traefik.io')) {
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'routes'), 'spec.routes')) {
        if (fields['syntax'] === 'v2') continue;
        const rule = textOf(fields['match']) ?? '';
        for (const message of new Set(
          [...rule.matchAll(call)].flatMap(([, name = '', list = '']) => problemOf(name, list)),
        ))
          report(foundAt(rendered, `${path}.match`, `${message}, got "${rule}"`));
      }
    }
  },
};

function problemOf(name: string, list: string): readonly string[] {
  const given = [...list.matchAll(values)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const now = Object.hasOwn(renamed, name) ? renamed[name] : undefined;
  if (now !== undefined) return [`Traefik 3 calls ${name} ${now}; write ${now}`];
  const allowed = Object.hasOwn(matchers, name) ? matchers[name] : undefined;
  if (allowed === undefined)
    return [`Traefik 3 knows no matcher ${name}; write one of ${Object.keys(matchers).join(', ')}`];
  const [least, most] = allowed;
  if (given.length > most && most === 1)
    return [
      `${name} takes one value in Traefik 3; write ${given.map((value) => `${name}(\`${value}\`)`).join(' || ')}`,
    ];
  if (given.length < least || given.length > most)
    return [`${name} takes ${least === most ? least : `${least} or ${most}`} values in Traefik 3`];
  if (given.some((value) => /\{\w*:.*\}|^\{\w+\}/.test(value)))
    return [
      `Traefik 3 has no placeholders in braces; write ${name.endsWith('Regexp') ? 'a plain' : `${name === 'PathPrefix' || name === 'Path' ? 'PathRegexp' : `${name}Regexp`} with a`} regular expression`,
    ];
  return name === 'Query' && given.length === 1 && given[0]?.includes('=') === true
    ? ['Query takes name and value apart in Traefik 3; write Query(`name`, `value`)']
    : [];
}
