import type { RenderedObject } from '../rendered-object.ts';
import { textOf, valueAt, type Fields } from '../fields.ts';

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

/** Every Service that an object names outside of pod templates, and that lets no traffic in. */
export function serviceReferences({ object }: RenderedObject): readonly ServiceReference[] {
  const name = object.kind === 'StatefulSet' ? textOf(valueAt(object, 'spec', 'serviceName')) : undefined;
  return name === undefined || name === '' ? [] : [{ name, field: 'spec.serviceName', portField: 'spec.serviceName' }];
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
