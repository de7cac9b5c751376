import type { ContainerPort } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { containersOf, servicesIn, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from './known-names.ts';

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

function targetProblems({ path, service }: ServicePlace, targets: readonly ContainerPort[]): readonly Problem[] {
  const ports = service.ports ?? [];
  return ports.flatMap((port): readonly Problem[] => {
    const at = `${path}.ports.${port.name}`;
    const target = port.targetPort ?? port.port;
    const problems: Problem[] = [];
    if (!isPort(port.port))
      problems.push({ path: `${at}.port`, message: 'must be a whole number from 1 to 65535', given: port.port });
    if (port.named === false && ports.length > 1)
      problems.push({ path: `${at}.named`, message: 'must be true where a service has several ports', given: false });
    if (!targets.some((own) => own.name === target || own.port === target)) {
      const known = targets.map((own) => (typeof target === 'string' ? own.name : String(own.port)));
      const write =
        known.length === 0
          ? 'declare it under ports of the container that listens'
          : `write ${typeof target === 'string' ? oneOf(known) : known.join(' or ')}, or declare it`;
      problems.push({
        path: `${at}.targetPort`,
        message: `no container of ${service.name} listens there; ${write}`,
        given: target,
      });
    }
    return problems;
  });
}

function probeProblems(place: ServicePlace): readonly Problem[] {
  return containersOf(place).flatMap(({ path, container }) =>
    (['readiness', 'liveness', 'startup'] as const).flatMap((probe): readonly Problem[] => {
      const action = container[probe]?.action;
      if (action === undefined || action.kind === 'exec') return [];
      const at = `${path}.${probe}.action.port`;
      if (typeof action.port === 'string')
        return checkName(at, 'port of this container', action.port, namesOf(container.ports ?? []));
      return isPort(action.port)
        ? []
        : [{ path: at, message: 'must be a whole number from 1 to 65535', given: action.port }];
    }),
  );
}

/** A service's ports lead to a container that listens, routes lead to a service's port, probes to a port of their container. */
export const servicePorts = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap((place) => {
    const { path, service } = place;
    const containers = containersOf(place).filter(({ init }) => !init);
    return [
      ...containersOf(place).flatMap(({ path: at, container }) =>
        (container.ports ?? []).flatMap(({ name, port }) =>
          isPort(port)
            ? []
            : [{ path: `${at}.ports.${name}`, message: 'must be a whole number from 1 to 65535', given: port }],
        ),
      ),
      ...targetProblems(
        place,
        containers.flatMap(({ container }) => container.ports ?? []),
      ),
      ...(service.routes ?? []).flatMap(({ port }, i) =>
        checkName(`${path}.routes[${i}].port`, `port of ${service.name}`, port, namesOf(service.ports ?? [])),
      ),
      ...probeProblems(place),
    ];
  });
