import type { RenderedObject } from '../rendered-object.ts';
import { fieldsOf, placesOf, textOf, valueAt, type Fields } from '../fields.ts';

/** A Service that an object sends traffic to, or names for another reason. */
export interface ServiceReference {
  readonly name: string;
  /** @default - the object's own */
  readonly namespace?: string;
  /** Name or number. @default - no port is named */
  readonly port?: string | number;
  /** Path of the field that holds the name. */
  readonly field: string;
  /** Path of the field that holds the port. */
  readonly portField: string;
}

/** Every Service that an object of Kubernetes' own kinds, or of the Gateway API, names outside of pod templates. */
export function serviceReferences({ object }: RenderedObject): readonly ServiceReference[] {
  const spec = fieldsOf(object['spec']);
  switch (object.kind) {
    case 'Ingress':
      return [
        ...ingressBackend(spec['defaultBackend'], 'spec.defaultBackend'),
        ...placesOf(spec['rules'], 'spec.rules').flatMap(({ fields, path }) =>
          placesOf(valueAt(fields, 'http', 'paths'), `${path}.http.paths`).flatMap((each) =>
            ingressBackend(each.fields['backend'], `${each.path}.backend`),
          ),
        ),
      ];
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TCPRoute':
    case 'TLSRoute':
      return placesOf(spec['rules'], 'spec.rules').flatMap(({ fields, path }) =>
        placesOf(fields['backendRefs'], `${path}.backendRefs`).flatMap((each) =>
          (textOf(each.fields['kind']) ?? 'Service') === 'Service' ? namedService(each.fields, each.path) : [],
        ),
      );
    case 'StatefulSet': {
      const name = textOf(spec['serviceName']);
      return name === undefined || name === ''
        ? []
        : [{ name, field: 'spec.serviceName', portField: 'spec.serviceName' }];
    }
    default:
      return [];
  }
}

/** The Service that a backend with a name, and perhaps a namespace and a port, stands for. */
export function namedService(fields: Fields, path: string): readonly ServiceReference[] {
  const name = textOf(fields['name']);
  if (name === undefined) return [];
  const namespace = textOf(fields['namespace']);
  const port = fields['port'];
  return [
    {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(typeof port === 'string' || typeof port === 'number' ? { port } : {}),
      field: `${path}.name`,
      portField: `${path}.port`,
    },
  ];
}

function ingressBackend(value: unknown, path: string): readonly ServiceReference[] {
  const service = fieldsOf(fieldsOf(value)['service']);
  const port = fieldsOf(service['port']);
  return namedService({ name: service['name'], port: port['name'] ?? port['number'] }, `${path}.service`);
}
