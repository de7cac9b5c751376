import type { Database } from '../../model/database.ts';
import { k3sDns, k3sTraefik } from '../../model/environment.ts';
import type { PodPeer } from '../../model/network/pod-peer.ts';
import { blockOf } from '../../model/network/cidr.ts';
import type { Dns } from '../../model/network/dns.ts';
import { withJobs } from '../../model/pods/job-pods.ts';
import type { Service } from '../../model/service.ts';
import { backupPodLabels } from '../database-pods.ts';
import { podsOfService, postgresPort, type NeighbourPeer } from '../neighbour.ts';
import type { Place } from '../place.ts';

/** Who is at the other end. */
export type Peer = NeighbourPeer | { readonly kind: 'anywhere' };

/** A port of a pod. */
export interface TrafficPort {
  /** A number, or a name that only the pods know. */
  readonly port: number | string;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** A peer and the ports on which it is talked to, or talks. */
export interface Allowance {
  readonly peer: Peer;
  readonly ports: readonly TrafficPort[];
}

/** Everything that the pods of one owner may receive and send. */
export interface Traffic {
  readonly ingress: readonly Allowance[];
  readonly egress: readonly Allowance[];
}

/**
 * What each service and database of an application may receive and send, by name: exactly what the model's connections,
 * routes and backups need. Only pods that talk to somebody may look names up.
 */
export function trafficOf(place: Place): ReadonlyMap<string, Traffic> {
  const conversations = conversationsIn(place);
  const isHere = ({ place: { application } }: End): boolean => application.name === place.application.name;
  const received = grouped(
    conversations.filter(({ to }) => isHere(to)),
    ({ to }) => to.name,
    ({ from, to, ports }): Allowance => ({ peer: seenBy(to, from), ports }),
  );
  const sent = grouped(
    conversations.filter(({ from }) => isHere(from)),
    ({ from }) => from.name,
    ({ from, to, ports }): Allowance => ({ peer: seenBy(from, to), ports }),
  );
  const result = new Map<string, Traffic>();

  for (const database of place.application.databases ?? []) {
    result.set(database.name, {
      ingress: [...(received.get(database.name) ?? []), ...fromBackup(database)],
      egress: [],
    });
  }
  for (const service of withJobs(place.environment, place.application.services)) {
    const egress = [...(sent.get(service.name) ?? []), ...toOutside(service)];
    result.set(service.name, {
      ingress: [...fromOutside(place, service), ...(received.get(service.name) ?? [])],
      egress: egress.length === 0 ? [] : [dns(place), ...egress],
    });
  }
  return result;
}

/** What the pods that dump a database may do: look up its host and talk to it. */
export const backupTraffic = (place: Place, database: Database): Traffic => ({
  ingress: [],
  egress: [dns(place), { peer: podsOf({ place, name: database.name }), ports: [{ port: postgresPort }] }],
});

/** A service, database or job, and the application that it belongs to. */
interface End {
  readonly place: Place;
  readonly name: string;
  /** Its pods, where nobody but itself knows them. @default - those of the neighbour of that name */
  readonly peer?: Peer;
}

interface Conversation {
  readonly from: End;
  readonly to: End;
  readonly ports: readonly TrafficPort[];
}

/** Who talks to whom in the environment, those of this application first: each pair once, in the order of the services and their connections. */
function conversationsIn(here: Place): readonly Conversation[] {
  const { environment, application } = here;
  const elsewhere = environment.applications.filter(({ name }) => name !== application.name);
  const places = [here, ...elsewhere.map(({ name }) => here.of(name, `environments.${environment.name}.applications`))];
  return places.flatMap((place) =>
    withJobs(environment, place.application.services).flatMap((service) => {
      const path = `${place.pathOf(service.name)}.connects`;
      const connections = (service.connects ?? []).flatMap((connection) => {
        if (connection.kind !== 'service') return [];
        const other = place.of(connection.application, path);
        return [
          {
            to: { place: other, name: connection.to },
            port: { port: other.port(connection.to, connection.port, path).podPort },
          },
        ];
      });
      const talks = grouped(
        connections,
        ({ to }) => `${to.place.application.name}/${to.name}`,
        (connection) => connection,
      );
      const from: End = { place, name: service.name, peer: podsOfService(environment, service) };
      return [...talks.values()].flatMap(([first, ...more]): readonly Conversation[] =>
        first === undefined ? [] : [{ from, to: first.to, ports: [first, ...more].map(({ port }) => port) }],
      );
    }),
  );
}

const podsOf = ({ place, name, peer }: End): Peer => peer ?? place.neighbour(name, place.pathOf(name)).peer;

const namespaceOf = ({ place: { environment } }: End, peer: Peer): string =>
  (peer.kind === 'pods' ? peer.namespace : undefined) ?? environment.namespace;

/** Pods of one end as a policy for the other's names them: with their namespace where it is another. */
function seenBy(end: End, other: End): Peer {
  const peer = podsOf(other);
  if (peer.kind !== 'pods') return peer;
  const namespace = namespaceOf(other, peer);
  const { kind, labels } = peer;
  return namespace === namespaceOf(end, podsOf(end)) ? { kind, labels } : { kind, labels, namespace };
}

const peerOf = ({ namespace, podLabels }: PodPeer): Peer => ({ kind: 'pods', labels: podLabels, namespace });

function dns({ environment }: Place): Allowance {
  const servers: Dns = environment.dns ?? k3sDns;
  const port = servers.port ?? 53;
  return {
    peer:
      servers.kind === 'addresses'
        ? { kind: 'addresses', cidrs: servers.addresses.map(blockOf) }
        : { kind: 'pods', labels: servers.podLabels, namespace: servers.namespace },
    ports: [{ port, protocol: 'UDP' }, { port }],
  };
}

const fromBackup = (database: Database): readonly Allowance[] =>
  database.backup === undefined
    ? []
    : [{ peer: { kind: 'pods', labels: backupPodLabels(database) }, ports: [{ port: postgresPort }] }];

/** What comes in through routes, and through a Service that is itself open to the outside. */
function fromOutside(place: Place, service: Service): readonly Allowance[] {
  const path = place.pathOf(service.name);
  const podPort = (name: string): TrafficPort => ({ port: place.port(service.name, name, `${path}.routes`).podPort });
  const routed = [...new Set((service.routes ?? []).map((route) => route.port))].map(podPort);
  const open =
    (service.ports ?? []).length > 0 && (service.serviceType === 'NodePort' || service.serviceType === 'LoadBalancer');
  return [
    ...scraped(place, service),
    ...(routed.length === 0
      ? []
      : [{ peer: peerOf(place.environment.ingress?.controller ?? k3sTraefik), ports: routed }]),
    ...(open
      ? [{ peer: { kind: 'anywhere' } as const, ports: (service.ports ?? []).map(({ name }) => podPort(name)) }]
      : []),
  ];
}

/** Who asks for metrics, on the port that has them. */
function scraped({ environment }: Place, { metrics, containers, initContainers = [] }: Service): readonly Allowance[] {
  if (metrics === undefined || environment.monitoring === undefined) return [];
  const port = [...containers, ...initContainers]
    .flatMap((container) => container.ports ?? [])
    .find(({ name }) => name === metrics.port);
  return [{ peer: peerOf(environment.monitoring.scraper), ports: [{ port: port?.port ?? metrics.port }] }];
}

/** What leaves the cluster: ports of the public internet together, and each set of addresses with its own. */
function toOutside(service: Service): readonly Allowance[] {
  const allowances = new Map<string, { readonly peer: Peer; readonly ports: Map<string, TrafficPort> }>();
  for (const connection of service.connects ?? []) {
    if (connection.kind === 'service') continue;
    const { ports, protocol = 'TCP' } = connection;
    const peer: Peer =
      connection.kind === 'internet' ? { kind: 'internet' } : { kind: 'addresses', cidrs: connection.cidrs };
    const key = JSON.stringify(peer);
    const known = allowances.get(key) ?? { peer, ports: new Map<string, TrafficPort>() };
    for (const port of ports)
      known.ports.set(`${protocol} ${port}`, { port, ...(protocol === 'TCP' ? {} : { protocol }) });
    allowances.set(key, known);
  }
  return [...allowances.values()].map(({ peer, ports }) => ({ peer, ports: [...ports.values()] }));
}

function grouped<Item, Value>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  valueOf: (item: Item) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [valueOf(item)]);
    else group.push(valueOf(item));
  }
  return groups;
}
