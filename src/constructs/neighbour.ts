import type { Application } from '../model/application.ts';
import type { Database, ExternalDatabase } from '../model/database.ts';
import type { Environment } from '../model/environment.ts';
import { databaseNames, selectorOf, serviceName } from '../model/names.ts';
import { namespaceOfService } from '../model/pods/pod-security.ts';
import type { Service } from '../model/service.ts';

/** Port of PostgreSQL, in the Service and in the pod. */
export const postgresPort = 5432;

/** What a database's port is called when the model does not say. */
export const defaultDatabasePortName = 'postgresql';

/** Key of a database's Secret that holds the password, when the model does not say. */
export const defaultPasswordKey = 'POSTGRES_PASSWORD';

/** One port under which a neighbour is reached. */
export interface NeighbourPort {
  /** Port of the Service, which a host name goes with. */
  readonly port: number;
  /** Port of the pods, which a network policy names: a number, or a name that only the pods know. */
  readonly podPort: number | string;
}

/** The pods of a neighbour, or where it is outside of the cluster. */
export type NeighbourPeer =
  | {
      readonly kind: 'pods';
      readonly labels: Readonly<Record<string, string>>;
      /** Namespace that they run in. @default - the environment's */
      readonly namespace?: string;
    }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] }
  /** Public addresses: not the cluster, not a private network, not a cloud's metadata service. */
  | { readonly kind: 'internet' };

/** What a service or database of an application is to the others: its host, its ports, its pods. */
export interface Neighbour {
  /** Host name: short where it is asked for in its own namespace, e.g. `dev-orders-svc`, else with the namespace behind it. */
  readonly host: string;
  /** The host name without the environment's prefix. */
  readonly unprefixedHost: string;
  /** By port name. */
  readonly ports: ReadonlyMap<string, NeighbourPort>;
  /** Where network policies find it. */
  readonly peer: NeighbourPeer;
}

/** The pods of a service, with their namespace where it is not the environment's own. */
export function podsOfService(environment: Environment, service: Service): NeighbourPeer {
  const namespace = namespaceOfService(environment, service);
  return {
    kind: 'pods',
    labels: selectorOf(service),
    ...(namespace === environment.namespace ? {} : { namespace }),
  };
}

/** All services and databases of an application, by name, with the hosts that pods of a namespace ask for. */
export function neighboursOf(
  environment: Environment,
  application: Application,
  seenFrom = environment.namespace,
): ReadonlyMap<string, Neighbour> {
  const unprefixed: Environment = { ...environment, namePrefix: '' };
  const hostIn = (namespace: string, name: string): string => (namespace === seenFrom ? name : `${name}.${namespace}`);
  const neighbours = new Map<string, Neighbour>();
  for (const database of application.databases ?? []) {
    const { host, unprefixedHost, ...rest } = databaseNeighbour(environment, unprefixed, database);
    const { namespace } = environment;
    neighbours.set(database.name, {
      host: hostIn(namespace, host),
      unprefixedHost: hostIn(namespace, unprefixedHost),
      ...rest,
    });
  }
  for (const database of application.externalDatabases ?? []) neighbours.set(database.name, outside(database));
  for (const service of application.services) {
    const namespace = namespaceOfService(environment, service);
    neighbours.set(service.name, {
      host: hostIn(namespace, serviceName(environment, service)),
      unprefixedHost: hostIn(namespace, serviceName(unprefixed, service)),
      ports: new Map(
        (service.ports ?? []).map(({ name, port, targetPort = port }) => [
          name,
          { port, podPort: numberOf(service, targetPort) },
        ]),
      ),
      peer: podsOfService(environment, service),
    });
  }
  return neighbours;
}

function databaseNeighbour(environment: Environment, unprefixed: Environment, database: Database): Neighbour {
  return {
    host: databaseNames(environment, database).service,
    unprefixedHost: databaseNames(unprefixed, database).service,
    ports: new Map([[database.portName ?? defaultDatabasePortName, { port: postgresPort, podPort: postgresPort }]]),
    peer: { kind: 'pods', labels: selectorOf(database) },
  };
}

const outside = ({ host, port, portName = defaultDatabasePortName, addresses }: ExternalDatabase): Neighbour => ({
  host,
  unprefixedHost: host,
  ports: new Map([[portName, { port, podPort: port }]]),
  peer: addresses === 'internet' ? { kind: 'internet' } : { kind: 'addresses', cidrs: addresses },
});

/** A port's number where a container declares the name; network policies by name are weaker in some clusters. */
function numberOf(service: Service, targetPort: number | string): number | string {
  if (typeof targetPort === 'number') return targetPort;
  const declared = service.containers
    .flatMap((container) => container.ports ?? [])
    .find((port) => port.name === targetPort);
  return declared?.port ?? targetPort;
}
