import { databases } from '../../../databases/databases.ts';
import type { Application, Claim } from '../../../model/application.ts';
import { rendererOf, type HelmChart } from '../../../model/charts/helm-chart.ts';
import type { Database } from '../../../model/database.ts';
import { hostsIn } from '../../../model/derived/hosts.ts';
import { podCount } from '../../../model/derived/pod-count.ts';
import { hasSeveral } from '../../../model/derived/units.ts';
import type { Environment } from '../../../model/environment.ts';
import type { Route } from '../../../model/network/route.ts';
import { namespaceOfService } from '../../../model/pods/pod-security.ts';
import { withJobs } from '../../../model/pods/job-pods.ts';
import type { Service } from '../../../model/service.ts';
import type { GraphEdge, GraphNode, Harbour } from '../graph.ts';
import { rawContent } from './raw-content.ts';
import { shortImage } from './short-image.ts';
import { encryptedWith, secretsMadeFor } from './where-secrets-come-from.ts';

/** What runs in an environment and who talks to whom, as the model and its hand-written objects say it. */
export function harbourContent(environment: Environment): Pick<Harbour, 'nodes' | 'edges'> {
  const parts = environment.applications.map((application) => applicationContent(environment, application));
  const routed = parts.flatMap(({ edges }) => edges).some(({ kind }) => kind === 'route');
  const outside: readonly GraphNode[] = routed
    ? [
        {
          id: outsideId(environment),
          kind: 'outside',
          title: hostsIn(environment.host).join(', ') || 'any host',
          details: encryptedWith(environment),
        },
      ]
    : [];
  const all = [...parts, rawContent(environment)];
  return { nodes: [...outside, ...all.flatMap(({ nodes }) => nodes)], edges: all.flatMap(({ edges }) => edges) };
}

const outsideId = ({ name }: Environment): string => `${name} outside`;

function applicationContent(environment: Environment, application: Application): Pick<Harbour, 'nodes' | 'edges'> {
  const { databases: kept = [], externalDatabases: elsewhere = [], claims = [], helmCharts = [] } = application;
  const services = withJobs(environment, application.services);
  const times = jobTimes(application);
  const idOf = (name: string, within = application.name): string => `${environment.name} ${within} ${name}`;
  const nodes: readonly GraphNode[] = [
    ...services.map((service) => serviceNode(environment, idOf(service.name), service, times.get(service.name))),
    ...services.flatMap((service) =>
      outwards(service).map(({ where, reason, ports }, i): GraphNode => ({
        id: idOf(`${service.name} internet ${i}`),
        kind: 'internet',
        title: `${where} :${ports.join(', :')}`,
        details: [reason],
      })),
    ),
    ...helmCharts.map((chart) => chartNode(idOf(`chart ${chart.name}`), chart)),
    ...kept.flatMap((database) => databaseNodes(idOf, database)),
    ...elsewhere.map(({ name, host, port }): GraphNode => ({
      id: idOf(name),
      kind: 'database',
      title: name,
      details: [`outside, ${host}:${port}`],
    })),
    ...claims.map((claim) => claimNode(idOf(`claim ${claim.name}`), claim)),
  ];
  return {
    nodes: hasSeveral(environment) ? nodes.map((node) => ({ ...node, application: application.name })) : nodes,
    edges: [
      ...services.flatMap((service) => [
        ...routeEdges(environment, service, idOf(service.name)),
        ...conversations(service, idOf),
        ...outwards(service).map((_, i): GraphEdge => ({
          from: idOf(service.name),
          to: idOf(`${service.name} internet ${i}`),
          kind: 'internet',
        })),
        ...(service.volumes ?? []).flatMap((volume): readonly GraphEdge[] =>
          volume.kind === 'claim'
            ? [{ from: idOf(service.name), to: idOf(`claim ${volume.claim}`), kind: 'mount' }]
            : [],
        ),
      ]),
      ...kept.flatMap(({ name, backup }): readonly GraphEdge[] =>
        backup === undefined ? [] : [{ from: idOf(name), to: idOf(`${name} backup`), kind: 'backup' }],
      ),
    ],
  };
}

/** When each job of an application runs, and of which service it is. */
const jobTimes = ({ services }: Application): ReadonlyMap<string, string> =>
  new Map(
    services.flatMap(({ name: of, jobs = [] }) =>
      jobs.map(({ name, when }) => [
        name,
        when.kind === 'beforeRelease' ? `before a release of ${of}` : `job of ${of}, ${when.cron}`,
      ]),
    ),
  );

/** @param time - when it runs, and of what, where it is a job. @default - a service */
function serviceNode(environment: Environment, id: string, service: Service, time?: string): GraphNode {
  const images = service.containers.flatMap(({ image }) => (typeof image === 'string' ? [image] : []));
  const isForeign = images.length === service.containers.length;
  const namespace = namespaceOfService(environment, service);
  return {
    id,
    kind: isForeign ? 'foreign' : 'service',
    title: service.name,
    details: [
      time ?? podCount(service),
      ...(isForeign ? images.map(shortImage) : []),
      ...secretsMadeFor(environment, service),
      ...(service.metrics === undefined ? [] : [`metrics on ${service.metrics.port}`]),
      // Where its pods may do more than the others.
      ...(namespace === environment.namespace ? [] : [`in ${namespace}: ${service.podSecurity?.reason ?? ''}`]),
    ],
  };
}

/** A chart is one box, whatever it makes: the release names its version, and its values are said by the program. */
const chartNode = (id: string, chart: HelmChart): GraphNode => ({
  id,
  kind: 'service',
  title: chart.name,
  details: [
    `chart ${chart.artifact}`,
    rendererOf(chart).kind === 'program' ? 'rendered with Helm' : 'rendered by the engine',
  ],
});

function databaseNodes(
  idOf: (name: string) => string,
  { name, kind, version, storage, backup }: Database,
): readonly GraphNode[] {
  return [
    { id: idOf(name), kind: 'database', title: name, details: [`${databases[kind].title} ${version}`, storage.size] },
    ...(backup === undefined
      ? []
      : [
          {
            id: idOf(`${name} backup`),
            kind: 'backup' as const,
            title: 'backup',
            details: [
              `dump ${backup.schedule}`,
              `drill ${backup.restoreDrill.schedule}`,
              `${backup.keepDays} days, ${backup.storage.size}`,
            ],
          },
        ]),
  ];
}

const claimNode = (id: string, { name, size, local }: Claim): GraphNode => ({
  id,
  kind: 'claim',
  title: name,
  details: [local === undefined ? size : `${size}, one node`],
});

interface Outward {
  /** `internet`, or blocks of addresses. */
  readonly where: string;
  readonly reason: string;
  readonly ports: readonly number[];
}

const outwards = ({ connects = [] }: Service): readonly Outward[] =>
  connects.flatMap((connection) =>
    connection.kind === 'service'
      ? []
      : [{ ...connection, where: connection.kind === 'internet' ? 'internet' : connection.cidrs.join(', ') }],
  );

function routeEdges(environment: Environment, { routes = [] }: Service, to: string): readonly GraphEdge[] {
  const labels = [...new Set(routes.map((route) => routeWords(environment, route)))];
  return labels.length === 0 ? [] : [{ from: outsideId(environment), to, kind: 'route', label: labels.join(', ') }];
}

function routeWords({ pathPrefix = '' }: Environment, { path = '/', host }: Route): string {
  const whole = `${pathPrefix}${path}`.replace(/(?<=.)\/$/, '');
  const hosts = hostsIn(host);
  return (hosts.length === 0 ? [''] : hosts).map((each) => `${each}${whole === '' ? '/' : whole}`).join(', ');
}

/** Who a service talks to, each once, with all ports. */
function conversations(
  { name, connects = [] }: Service,
  idOf: (name: string, application?: string) => string,
): readonly GraphEdge[] {
  const ports = new Map<string, string[]>();
  for (const connection of connects) {
    if (connection.kind !== 'service') continue;
    const to = idOf(connection.to, connection.application);
    ports.set(to, [...(ports.get(to) ?? []), connection.port]);
  }
  return [...ports].map(([to, names]): GraphEdge => ({
    from: idOf(name),
    to,
    kind: 'connection',
    label: names.join(', '),
  }));
}
