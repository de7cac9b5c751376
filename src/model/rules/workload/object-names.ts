import { hostsIn } from '../../derived/hosts.ts';
import type { Claim } from '../../application.ts';
import type { Database } from '../../database.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import { tlsOf } from '../../network/ingress.ts';
import {
  appendSlashName,
  certificateSecret,
  argoApplicationName,
  argoProjectName,
  databaseNames,
  httpRouteName,
  networkPolicyName,
  objectName,
  routingNames,
  serviceAccountName,
  serviceName,
  workloadName,
} from '../../names.ts';
import { namespacesBeside } from '../../pods/pod-security.ts';
import type { Service } from '../../service.ts';
import { applicationsIn, type ApplicationPlace } from '../place.ts';

/** How Kubernetes reads a name. */
export type NameKind = 'label' | 'service' | 'subdomain';

/** The name of an object that will be rendered, and where it comes from. */
export interface ObjectName {
  readonly environment: string;
  readonly path: string;
  readonly kind: string;
  readonly name: string;
  readonly as: NameKind;
  /** Characters that Kubernetes leaves for it. */
  readonly most: number;
}

/** How a kind's names are read. Pods of a StatefulSet and a CronJob carry labels made of the name and eleven characters. */
const shapes: Readonly<Record<string, Pick<ObjectName, 'as' | 'most'>>> = {
  Namespace: { as: 'label', most: 63 },
  Application: { as: 'label', most: 63 },
  AppProject: { as: 'label', most: 63 },
  Deployment: { as: 'label', most: 63 },
  StatefulSet: { as: 'label', most: 52 },
  DaemonSet: { as: 'label', most: 52 },
  CronJob: { as: 'label', most: 52 },
  Job: { as: 'label', most: 63 },
  Service: { as: 'service', most: 63 },
};

const subdomain = { as: 'subdomain', most: 253 } as const;

/** An object's kind and name. */
type Named = readonly [kind: string, name: string];

function ofService(environment: Environment, service: Service): readonly Named[] {
  const workload = workloadName(environment, service);
  return [
    [service.workload ?? 'Deployment', workload],
    ...((service.ports ?? []).length === 0 ? [] : [['Service', serviceName(environment, service)] as const]),
    ...(service.configs ?? []).map(({ name }) => ['ConfigMap', objectName(environment, name)] as const),
    ['NetworkPolicy', networkPolicyName(environment, service.name)],
    // Made by the StatefulSet, not rendered: that of its first pod stands for all.
    ...(service.volumes ?? []).flatMap((volume) =>
      volume.kind === 'claimPerReplica' ? [['PersistentVolumeClaim', `${volume.name}-${workload}-0`] as const] : [],
    ),
    ...ofAccount(environment, service),
    ...(service.jobs ?? []).flatMap(({ name, when }): readonly Named[] => [
      [when.kind === 'schedule' ? 'CronJob' : 'Job', objectName(environment, name)],
      ['NetworkPolicy', networkPolicyName(environment, name)],
    ]),
    ...(service.autoscaling === undefined ? [] : [['HorizontalPodAutoscaler', workload] as const]),
    ...(service.metrics === undefined ? [] : [['PodMonitor', workload] as const]),
    ...(service.maxUnavailable === undefined ? [] : [['PodDisruptionBudget', workload] as const]),
    ...(service.routes ?? []).flatMap(({ appendSlash }, i) =>
      appendSlash === true && (environment.ingress?.kind ?? 'traefik') === 'traefik'
        ? [['Middleware', appendSlashName(environment, service, i)] as const]
        : [],
    ),
  ];
}

function ofAccount(environment: Environment, service: Service): readonly Named[] {
  const { serviceAccount: account } = service;
  const name = serviceAccountName(environment, service);
  if (account?.kind !== 'own' || name === undefined) return [];
  const kinds = account.rules === undefined ? ['ServiceAccount'] : ['ServiceAccount', 'Role', 'RoleBinding'];
  return kinds.map((kind) => [kind, name] as const);
}

function ofDatabase(environment: Environment, database: Database): readonly Named[] {
  const names = databaseNames(environment, database);
  return [
    ['StatefulSet', names.workload],
    ['Service', names.service],
    ['ConfigMap', names.config],
    ...(database.initSql === undefined ? [] : [['ConfigMap', names.initScript] as const]),
    // Made by the StatefulSet, not rendered.
    ['PersistentVolumeClaim', names.claim],
    ['NetworkPolicy', networkPolicyName(environment, database.name)],
    ...(database.backup === undefined
      ? []
      : ([
          ['CronJob', names.backupJob],
          ['CronJob', names.restoreDrill],
          ['CronJob', names.restore],
          ['ConfigMap', names.backupScripts],
          ['PersistentVolumeClaim', names.backupClaim],
          ['NetworkPolicy', networkPolicyName(environment, `${database.name}-backup`)],
        ] as const)),
  ];
}

const ofClaim = (environment: Environment, { name, local }: Claim): readonly Named[] => [
  ['PersistentVolumeClaim', objectName(environment, name)],
  ...(local === undefined ? [] : [['PersistentVolume', objectName(environment, local.volume)] as const]),
];

function ofRouting({ environment, application }: ApplicationPlace): readonly Named[] {
  if (!application.services.some(({ routes }) => (routes ?? []).length > 0)) return [];
  const { ingress, ingressRoute, middleware } = routingNames(environment, application);
  switch (environment.ingress?.kind ?? 'traefik') {
    case 'kubernetes':
      return [['Ingress', ingress]];
    case 'gateway':
      return application.services.flatMap((service) => httpRoutesOf(environment, service));
    case 'traefik':
      return [
        ['IngressRoute', ingressRoute],
        ...(tlsOf(environment.ingress)?.kind === 'certManager'
          ? [['Certificate', certificateSecret(environment, application)] as const]
          : []),
        ...(environment.pathPrefix === undefined ? [] : [['Middleware', middleware] as const]),
      ];
  }
}

/** One for the environment's hosts, and one for each set of hosts that routes name. */
function httpRoutesOf(environment: Environment, service: Service): readonly Named[] {
  const names = new Map(
    (service.routes ?? []).map(({ host }) => {
      const hosts = hostsIn(host);
      return [hosts.join(' '), httpRouteName(environment, service, hosts)] as const;
    }),
  );
  return [...names.values()].map((name) => ['HTTPRoute', name] as const);
}

function inApplication(
  place: ApplicationPlace,
  delivery: Delivery,
): readonly (readonly [path: string, names: readonly Named[]])[] {
  const { path, environment, application } = place;
  return [
    [path, [['Application', argoApplicationName(delivery, environment, application)]]],
    ...application.services.map(
      (service) => [`${path}.services.${service.name}`, ofService(environment, service)] as const,
    ),
    ...(application.databases ?? []).map(
      (database) => [`${path}.databases.${database.name}`, ofDatabase(environment, database)] as const,
    ),
    ...(application.claims ?? []).map(
      (claim) => [`${path}.claims.${claim.name}`, ofClaim(environment, claim)] as const,
    ),
    [`${path}.routing`, ofRouting(place)],
  ];
}

/** The names of the objects that the program makes of a delivery; those that an owner adds whole are not among them. */
export function objectNamesIn(delivery: Delivery): readonly ObjectName[] {
  const told = (environment: Environment, path: string, names: readonly Named[]): readonly ObjectName[] =>
    names.map(([kind, name]) => ({ environment: environment.name, path, kind, name, ...(shapes[kind] ?? subdomain) }));
  return [
    ...delivery.environments.flatMap((environment) => {
      const path = `environments.${environment.name}`;
      return [
        ...told(environment, `${path}.namespace`, [['Namespace', environment.namespace]]),
        ...(environment.namespaces ?? []).flatMap((name, i) =>
          told(environment, `${path}.namespaces[${i}]`, [['Namespace', name]]),
        ),
        ...namespacesBeside(environment).flatMap((name) =>
          told(environment, `${path}.namespace`, [['Namespace', name]]),
        ),
        ...told(environment, path, [
          ['AppProject', argoProjectName(delivery, environment)],
          ['NetworkPolicy', networkPolicyName(environment, 'default-deny')],
        ]),
      ];
    }),
    ...applicationsIn(delivery).flatMap((place) =>
      inApplication(place, delivery).flatMap(([path, names]) => told(place.environment, path, names)),
    ),
  ];
}
