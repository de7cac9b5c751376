import type { Application } from '../application.ts';
import type { Container } from '../container.ts';
import type { Environment } from '../environment.ts';
import { serviceAccountName } from '../names.ts';
import type { ServiceJob, Service } from '../service.ts';
import type { Volume } from './volume.ts';

/** The container of a service that a job is; nothing where there is none of that name. */
export const containerOf = ({ containers }: Service, { container }: ServiceJob): Container | undefined =>
  container === undefined ? containers[0] : containers.find(({ name }) => name === container);

/** Whether a service has something to run before each release of it. */
export const runsBefore = ({ jobs = [] }: Pick<Service, 'jobs'>): boolean =>
  jobs.some(({ when }) => when.kind === 'beforeRelease');

/**
 * Names of what the jobs before a release talk to and what is there before them: databases, and services of somebody else's images, e.g. a
 * broker. One that the release moves may need what the jobs make, and one with a claim may wait for it.
 */
export function neededByJobs({ services, databases = [] }: Application): ReadonlySet<string> {
  const kept = new Set(databases.map(({ name }) => name));
  const foreign = new Set(services.filter(isOfOthers).map(({ name }) => name));
  return new Set(
    services
      .flatMap((service) =>
        (service.jobs ?? []).flatMap((job) =>
          job.when.kind === 'beforeRelease'
            ? (saidBy(service, job).connects ?? []).flatMap((connection) =>
                connection.kind === 'service' && connection.application === undefined ? [connection.to] : [],
              )
            : [],
        ),
      )
      .filter((name) => kept.has(name) || foreign.has(name)),
  );
}

const isOfOthers = (service: Service): boolean =>
  !runsBefore(service) &&
  [...service.containers, ...(service.initContainers ?? [])].every(({ image }) => typeof image === 'string') &&
  (service.volumes ?? []).every(({ kind }) => kind !== 'claim');

/** Whether a volume is made anew for each pod; others are held by the pods of the service. */
const isOfPod = ({ kind }: Volume): boolean => kind !== 'claim' && kind !== 'claimPerReplica' && kind !== 'ephemeral';

/** What a job says itself, as a service of its own; what it takes from its service is said there. */
export function saidBy(service: Service, job: ServiceJob): Service {
  const { name, command, args, env, connects = service.connects } = job;
  const { podSecurity } = service;
  const { image, resources } = containerOf(service, job) ?? {
    image: name,
    resources: { requests: { cpu: '0', memory: '0' } },
  };
  return {
    name,
    containers: [
      {
        name,
        image,
        ...(command && { command }),
        ...(args && { args }),
        ...(env && { env }),
        resources: job.resources ?? resources,
      },
    ],
    ...(connects && { connects }),
    ...(podSecurity && { podSecurity }),
  };
}

/**
 * The pods of a job, as a service of their own: its container without probes, hooks and ports, and of the volumes those that are made
 * anew for each pod.
 */
export function podsOfJob(environment: Environment, service: Service, job: ServiceJob): Service {
  const said = saidBy(service, job);
  const container = containerOf(service, job);
  const volumes = (service.volumes ?? []).filter(isOfPod);
  const mounts = (container?.mounts ?? []).filter((mount) => volumes.some(({ name }) => name === mount.volume));
  const mounted = volumes.filter(({ name }) => mounts.some(({ volume }) => volume === name));
  const account = serviceAccountName(environment, service);
  const { mountToken } = service.serviceAccount ?? {};
  const { runAs, imagePullCredential, scheduling } = service;
  return {
    ...said,
    containers: said.containers.map((own) => ({
      ...own,
      ...(container?.env !== undefined && { env: { ...container.env, ...own.env } }),
      ...(container?.envFrom && { envFrom: container.envFrom }),
      ...(mounts.length > 0 && { mounts }),
      ...(container?.runAsUser !== undefined && { runAsUser: container.runAsUser }),
      ...(container?.capabilities && { capabilities: container.capabilities }),
      ...(container?.privileged !== undefined && { privileged: container.privileged }),
      ...(container?.writableRootFilesystem !== undefined && {
        writableRootFilesystem: container.writableRootFilesystem,
      }),
    })),
    ...(service.configs && { configs: service.configs }),
    ...(mounted.length > 0 && { volumes: mounted }),
    ...(account !== undefined && {
      serviceAccount: { kind: 'given' as const, name: account, ...(mountToken !== undefined && { mountToken }) },
    }),
    ...(runAs && { runAs }),
    ...(imagePullCredential !== undefined && { imagePullCredential }),
    ...(scheduling && { scheduling: ofJob(scheduling) }),
  };
}

/** Where its pods may run; how those of a service lie to each other says nothing about one that ends. */
const ofJob = ({
  nodeSelector,
  tolerations,
  priorityClass,
}: NonNullable<Service['scheduling']>): NonNullable<Service['scheduling']> => ({
  ...(nodeSelector && { nodeSelector }),
  ...(tolerations && { tolerations }),
  ...(priorityClass !== undefined && { priorityClass }),
});

/** The services of an application, each followed by the pods of its jobs. */
export const withJobs = (environment: Environment, services: readonly Service[]): readonly Service[] =>
  services.flatMap((service) => [service, ...(service.jobs ?? []).map((job) => podsOfJob(environment, service, job))]);
