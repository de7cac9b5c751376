import { fieldsOf, itemsOf, placesOf, textOf, valueAt } from '../../objects/fields.ts';
import type { RequestEntry } from '../ingress.ts';

const entry: RequestEntry = {
  hosts: (object) =>
    placesOf(valueAt(object, 'spec', 'routes'), '').flatMap(({ fields }) =>
      valuesOf(textOf(fields['match']) ?? '', /\bHost(?:SNI)?\(([^)]*)\)/g),
    ),
  paths(object, field) {
    const index = /^spec\.routes\[(\d+)\]/.exec(field)?.[1];
    const route = fieldsOf(itemsOf(valueAt(object, 'spec', 'routes'))[Number(index)]);
    return valuesOf(textOf(route['match']) ?? '', /\bPath(?:Prefix)?\(([^)]*)\)/g);
  },
};

/** Traefik's kinds that let requests in, as `kindOf` writes them. */
export const entries: Readonly<Record<string, RequestEntry>> = {
  'IngressRoute.traefik.io': entry,
  'IngressRouteTCP.traefik.io': entry,
  'IngressRouteUDP.traefik.io': entry,
};

/** What stands in back quotes or quotes in the matchers of a rule. */
const valuesOf = (match: string, matcher: RegExp): readonly string[] =>
  [...match.matchAll(matcher)].flatMap(([, inside = '']) =>
    [...inside.matchAll(/[`"]([^`"]*)[`"]/g)].map(([, value = '']) => value),
  );
