import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, numberOf, textOf } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** A probe or hook asks a port that its container has: by name always, by number where the container says which it listens on. */
export const probePorts: Check = {
  name: 'probe-ports',
  inContainer({ name, path, ports, handlers }, { rendered }, report) {
    for (const { path: handler, fields } of handlers) {
      for (const how of ['httpGet', 'tcpSocket', 'grpc']) {
        const { port } = fieldsOf(fields[how]);
        if (typeof port !== 'string' && typeof port !== 'number') continue;
        const known = ports
          .flatMap(({ fields: declared }) => [textOf(declared['name']), numberOf(declared['containerPort'])])
          .filter((one) => one !== undefined);
        if (known.includes(port) || (typeof port === 'number' && known.length === 0)) continue;
        report(
          foundAt(
            rendered,
            `${path}.${handler}.${how}.port`,
            `container "${name}" has no port ${port}; ${suggestion(String(port), known.map(String))}`,
          ),
        );
      }
    }
  },
};
