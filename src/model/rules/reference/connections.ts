import type { Application } from '../../application.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { applicationsIn, connectingOf, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from './known-names.ts';
import { neighboursIn, type Neighbours } from './neighbours.ts';

function problemsOfService(
  { path, service, environment }: ServicePlace,
  own: Neighbours,
  neighboursOf: (application: Application) => Neighbours,
): readonly Problem[] {
  return (service.connects ?? []).flatMap((connection, i): readonly Problem[] => {
    const at = `${path}.connects[${i}]`;
    if (connection.kind !== 'service') {
      const wrong = connection.ports.filter((port) => !Number.isInteger(port) || port < 1 || port > 65535);
      return [
        ...(connection.ports.length === 0
          ? [{ path: `${at}.ports`, message: 'must name at least one port', given: [] }]
          : []),
        ...wrong.map((port) => ({
          path: `${at}.ports`,
          message: 'must be whole numbers from 1 to 65535',
          given: port,
        })),
        ...(connection.reason.trim() === ''
          ? [{ path: `${at}.reason`, message: 'must say what for', given: connection.reason }]
          : []),
      ];
    }
    const other = environment.applications.find(({ name }) => name === connection.application);
    if (connection.application !== undefined && other === undefined)
      return checkName(
        `${at}.application`,
        `application in ${environment.name}`,
        connection.application,
        namesOf(environment.applications),
      );
    const neighbours = other === undefined ? own : neighboursOf(other);
    const ports = neighbours.get(connection.to);
    if (ports === undefined) return checkName(at, 'service or database', connection.to, neighbours.keys());
    if (ports.has(connection.port)) return [];
    const message =
      ports.size === 0
        ? `${connection.to} has no ports to connect to`
        : `${connection.to} has no port of this name; write ${oneOf([...ports])}`;
    return [{ path: at, message, given: connection.port }];
  });
}

/** Whatever a service connects to exists, in its application or the one that it names, and has the port. */
export function connections(delivery: Delivery): readonly Problem[] {
  const known = new Map<Application, Neighbours>();
  const neighboursOf = (application: Application): Neighbours => {
    const neighbours = known.get(application) ?? neighboursIn(application);
    known.set(application, neighbours);
    return neighbours;
  };
  return applicationsIn(delivery).flatMap((place) =>
    connectingOf(place).flatMap((service) => problemsOfService(service, neighboursOf(place.application), neighboursOf)),
  );
}
