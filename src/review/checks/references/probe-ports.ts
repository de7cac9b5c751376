import { foundAt, type Check } from '../check.ts';
import { fieldsOf, numberOf, placesOf, textOf, type Fields } from '../objects/fields.ts';
import { handlersOf } from '../objects/handlers.ts';
import { suggestion } from '../objects/suggestion.ts';

/** A probe or hook asks a port that its container has: by name always, by number where the container says which it listens on. */
export const probePorts: Check = {
  name: 'probe-ports',
  *find({ objects }) {
    for (const { rendered, containers } of objects.workloads) {
      for (const { name, fields, path } of containers) {
        const ports = placesOf(fields['ports'], '').flatMap(({ fields: port }) => [textOf(port['name']), numberOf(port['containerPort'])]);
        const known = ports.filter((port) => port !== undefined);
        for (const { port, at } of askedPorts(fields)) {
          if (known.includes(port) || (typeof port === 'number' && known.length === 0)) continue;
          yield foundAt(rendered, `${path}.${at}`, `container "${name}" has no port ${port}; ${suggestion(String(port), known.map(String))}`);
        }
      }
    }
  },
};

function askedPorts(container: Fields): readonly { readonly port: string | number; readonly at: string }[] {
  return handlersOf(container).flatMap(({ path, fields }) =>
    ['httpGet', 'tcpSocket', 'grpc'].flatMap((how) => {
      const port = fieldsOf(fields[how])['port'];
      return typeof port === 'string' || typeof port === 'number' ? [{ port, at: `${path}.${how}.port` }] : [];
    }),
  );
}
