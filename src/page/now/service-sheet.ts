import { rendererOf, type HelmChart } from '../../model/charts/helm-chart.ts';
import type { Container, EnvValue, Probe } from '../../model/container.ts';
import { podCount } from '../../model/derived/pod-count.ts';
import type { Environment } from '../../model/environment.ts';
import type { Connection, ServiceJob, Service } from '../../model/service.ts';

/** A fact about a service: what it is, and the values, one line each. */
export interface ServiceFact {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a reader wants to know of a service, a chart or a database, without opening the program. */
export interface ServiceSheet {
  readonly application: string;
  readonly name: string;
  /** Those that say nothing are left out. */
  readonly facts: readonly ServiceFact[];
}

/** The sheets of everything that an environment runs, as the model has it. No value of a secret is in them: the model holds none. */
export const serviceSheets = ({ applications }: Environment): readonly ServiceSheet[] =>
  applications.flatMap(({ name: application, services, helmCharts = [], databases = [] }) => [
    ...services.map((service) => ({ application, name: service.name, facts: kept(serviceFacts(service)) })),
    ...helmCharts.map((chart) => ({ application, name: chart.name, facts: kept(chartFacts(chart)) })),
    ...databases.map(({ name, kind, version, storage, resources, credential, backup }) => ({
      application,
      name,
      facts: kept([
        { name: 'Database', values: [`${kind} ${version}, ${storage.size}`] },
        { name: 'Resources', values: [resourceWords(resources)] },
        { name: 'Secrets', values: [credential] },
        {
          name: 'Backup',
          values:
            backup === undefined
              ? ['none']
              : [
                  `dump ${backup.schedule}, kept ${backup.keepDays} days`,
                  `restore drill ${backup.restoreDrill.schedule}`,
                ],
        },
      ]),
    })),
  ]);

const kept = (facts: readonly ServiceFact[]): readonly ServiceFact[] => facts.filter(({ values }) => values.length > 0);

function serviceFacts(service: Service): readonly ServiceFact[] {
  const { containers, initContainers = [], ports = [], routes = [], connects = [], jobs = [] } = service;
  const all = [...initContainers, ...containers];
  return [
    {
      name: 'Pods',
      values: [`${service.workload ?? 'Deployment'}, ${podCount(service)}`],
    },
    {
      name: 'Images',
      values: all.map(
        ({ name, image }) => `${name}: ${typeof image === 'string' ? image : `${image.artifact} of the release`}`,
      ),
    },
    { name: 'Ports', values: ports.map(({ name, port }) => `${name} ${port}`) },
    {
      name: 'Ways in',
      values: routes.map(
        ({ host, path = '/', port }) =>
          `${[host ?? '']
            .flat()
            .map((it) => `${it}${path}`)
            .join(', ')} to ${port}`,
      ),
    },
    { name: 'Connects to', values: connects.map(connectionWords) },
    { name: 'Jobs', values: jobs.map(jobWords) },
    { name: 'Probes', values: containers.flatMap(probesOf) },
    { name: 'Resources', values: all.map((container) => `${container.name}: ${resourceWords(container.resources)}`) },
    { name: 'Secrets', values: [...new Set([...all.flatMap(secretsOf), ...mounted(service)])] },
  ];
}

function chartFacts(chart: HelmChart): readonly ServiceFact[] {
  const renderer = rendererOf(chart);
  return [
    { name: 'Chart', values: [`${chart.artifact} of the release`] },
    {
      name: 'Rendered',
      values: [renderer.kind === 'engine' ? 'by the engine, in the cluster' : 'by the program, with Helm'],
    },
    { name: 'May make', values: renderer.kind === 'engine' ? renderer.kinds : [] },
  ];
}

const connectionWords = (connection: Connection): string => {
  switch (connection.kind) {
    case 'service':
      return `${connection.application === undefined ? '' : `${connection.application}/`}${connection.to} on ${connection.port}`;
    case 'addresses':
      return `${connection.cidrs.join(', ')} on ${connection.ports.join(', ')}: ${connection.reason}`;
    case 'internet':
      return `the internet on ${connection.ports.join(', ')}: ${connection.reason}`;
  }
};

const jobWords = ({ name, when }: ServiceJob): string =>
  `${name}: ${when.kind === 'beforeRelease' ? 'before each release' : `${when.cron} in ${when.timeZone ?? 'Etc/UTC'}`}`;

const probesOf = ({ name, readiness, liveness, startup }: Container): readonly string[] =>
  Object.entries({ startup, readiness, liveness }).flatMap(([kind, probe]) =>
    probe === undefined ? [] : [`${name}, ${kind}: ${probeWords(probe)}`],
  );

function probeWords({ action, periodSeconds = 10 }: Probe): string {
  const asked =
    action.kind === 'http'
      ? `GET ${action.path} on ${action.port}`
      : action.kind === 'exec'
        ? 'a command'
        : `${action.kind === 'tcp' ? 'TCP' : 'gRPC'} on ${action.port}`;
  return `${asked}, every ${periodSeconds} s`;
}

const resourceWords = ({ requests, limits }: Container['resources']): string =>
  `${requests.cpu} CPU, ${requests.memory}${limits === undefined ? '' : `; at most ${[limits.cpu === undefined ? [] : [`${limits.cpu} CPU`], limits.memory ?? []].flat().join(', ')}`}`;

const secretsOf = ({ env = {} }: Container): readonly string[] =>
  Object.values(env).flatMap((value: EnvValue) =>
    typeof value === 'object' && 'kind' in value && value.kind === 'secret'
      ? [`${value.credential}, key ${value.key}`]
      : [],
  );

const mounted = ({ volumes = [], imagePullCredential }: Service): readonly string[] => [
  ...volumes.flatMap((volume) => (volume.kind === 'secret' ? [`${volume.credential}, mounted`] : [])),
  ...(imagePullCredential === undefined ? [] : [`${imagePullCredential}, to pull images`]),
];
