import { fieldsOf, placesOf, textOf, valueAt, type Fields } from '../../objects/fields.ts';
import { namedService, type ServiceReference } from '../../objects/traffic/service-references.ts';
import type { IngressPlugin } from '../ingress.ts';

const ofRoutes: IngressPlugin['services'][string] = (object) =>
  placesOf(valueAt(object, 'spec', 'routes'), 'spec.routes').flatMap(({ fields, path }) =>
    listed(fields['services'], `${path}.services`),
  );

/** The Services that Traefik's kinds send traffic to, by kind. */
export const services: IngressPlugin['services'] = {
  IngressRoute: ofRoutes,
  IngressRouteTCP: ofRoutes,
  IngressRouteUDP: ofRoutes,
  TraefikService: (object) => [
    ...listed(valueAt(object, 'spec', 'weighted', 'services'), 'spec.weighted.services'),
    ...listed(valueAt(object, 'spec', 'mirroring', 'mirrors'), 'spec.mirroring.mirrors'),
    ...oneOf(fieldsOf(valueAt(object, 'spec', 'mirroring')), 'spec.mirroring'),
  ],
  Middleware: (object) => oneOf(fieldsOf(valueAt(object, 'spec', 'errors', 'service')), 'spec.errors.service'),
};

const listed = (list: unknown, path: string): readonly ServiceReference[] =>
  placesOf(list, path).flatMap(({ fields, path: at }) => oneOf(fields, at));

/** Traefik's own services carry an `@`, e.g. `api@internal`, or another kind. */
function oneOf(fields: Fields, path: string): readonly ServiceReference[] {
  const foreign = (textOf(fields['kind']) ?? 'Service') !== 'Service' || textOf(fields['name'])?.includes('@') === true;
  return foreign ? [] : namedService(fields, path);
}
