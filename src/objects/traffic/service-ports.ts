import type { RenderedObject } from '../rendered-object.ts';
import { numberOf, placesOf, textOf, valueAt } from '../fields.ts';

/** A port of a Service. */
export interface ServicePortInfo {
  /** @default - the only port needs no name */
  readonly name?: string;
  readonly port: number;
  /** Name or number of the containers' port. */
  readonly target: string | number;
  /** Path of the port, e.g. `spec.ports[0]`. */
  readonly path: string;
}

/** The ports of a Service object. */
export const portsOf = ({ object }: RenderedObject): readonly ServicePortInfo[] =>
  placesOf(valueAt(object, 'spec', 'ports'), 'spec.ports').map(({ fields, path }) => {
    const name = textOf(fields['name']);
    const port = numberOf(fields['port']) ?? 0;
    const target = textOf(fields['targetPort']) ?? numberOf(fields['targetPort']) ?? port;
    return name === undefined ? { port, target, path } : { name, port, target, path };
  });

/** Whether a Service has a port of that name or number; a numeric string counts as a number. */
export const hasPort = (service: RenderedObject, wanted: string | number): boolean =>
  portsOf(service).some(({ name, port }) => name === wanted || port === Number(wanted));

/** What a port of the Service may be called, for messages: its names and numbers. */
export const portNames = (service: RenderedObject): readonly string[] =>
  portsOf(service).flatMap(({ name, port }) => (name === undefined ? [String(port)] : [name, String(port)]));
