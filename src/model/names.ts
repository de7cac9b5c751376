import type { Application } from './application.ts';
import type { HelmChart } from './charts/helm-chart.ts';
import type { Database } from './database.ts';
import type { Delivery } from './delivery.ts';
import type { Environment } from './environment.ts';
import type { Service } from './service.ts';

/** A word of {@link Delivery.followedAs} that is filled in. */
const followedWord = /\{(delivery|environment|application)\}/g;

/** The one place that forms names. Names are a contract: objects that run today keep theirs. */

/** An object's name: the environment's prefix and the base name. */
export const objectName = (environment: Environment, base: string): string => `${environment.namePrefix}${base}`;

/** Name of a service's Deployment or StatefulSet. */
export const workloadName = (environment: Environment, service: Service): string =>
  objectName(environment, service.names?.workload ?? service.name);

/** Name of a service's Kubernetes Service, which is also its host. */
export const serviceName = (environment: Environment, service: Service): string =>
  objectName(environment, service.names?.service ?? `${service.name}-svc`);

/** Name of the ServiceAccount of a service's pods, and of its Role and RoleBinding; nothing where it is the namespace's default. */
export function serviceAccountName(environment: Environment, service: Service): string | undefined {
  const { serviceAccount: account } = service;
  if (account?.kind !== 'own') return account?.name;
  return account.name === undefined ? workloadName(environment, service) : objectName(environment, account.name);
}

/** Helm's name of a chart's release in an environment. */
export const helmReleaseName = ({ namePrefix }: Environment, { name }: HelmChart): string => `${namePrefix}${name}`;

/** The account that an engine renders and applies a chart with: it may make the kinds of the chart, and no other. */
export const helmAccountName = (environment: Environment, chart: HelmChart): string =>
  `${helmReleaseName(environment, chart)}-helm`;

/** Labels that select a service's or database's pods. */
export const selectorOf = (owner: Service | Database): Readonly<Record<string, string>> =>
  ('selector' in owner ? owner.selector : undefined) ?? { app: owner.name };

/** What a database's objects are for. */
type DatabaseObject =
  | 'workload'
  | 'service'
  | 'config'
  | 'initScript'
  | 'claimTemplate'
  | 'claim'
  | 'backupJob'
  | 'backupClaim'
  | 'backupScripts'
  | 'restoreDrill'
  | 'restore';

/** Names of a database's objects, prefix included. */
export function databaseNames(environment: Environment, database: Database): Readonly<Record<DatabaseObject, string>> {
  const base = database.name;
  const workload = objectName(environment, database.names?.workload ?? base);
  const claimTemplate = database.names?.claimTemplate ?? `${base}-disk`;
  return {
    workload,
    service: objectName(environment, database.names?.service ?? `${base}-svc`),
    config: objectName(environment, database.names?.config ?? `${base}-config`),
    initScript: objectName(environment, database.names?.initScript ?? `${base}-init-script`),
    claimTemplate,
    /** The claim that the StatefulSet makes for its first pod. */
    claim: `${claimTemplate}-${workload}-0`,
    backupJob: objectName(environment, database.backup?.names?.job ?? `${base}-backup`),
    backupClaim: objectName(environment, database.backup?.names?.claim ?? `${base}-backup-data`),
    backupScripts: objectName(environment, `${database.backup?.names?.job ?? `${base}-backup`}-scripts`),
    restoreDrill: objectName(environment, `${database.backup?.names?.job ?? `${base}-backup`}-restore-drill`),
    restore: objectName(environment, `${database.backup?.names?.job ?? `${base}-backup`}-restore`),
  };
}

/** Names of the objects that bring traffic into an application. */
export function routingNames(
  environment: Environment,
  application: Application,
): Readonly<Record<'ingress' | 'ingressRoute' | 'middleware', string>> {
  return {
    ingress: objectName(environment, application.routing?.ingress ?? application.name),
    ingressRoute: objectName(environment, application.routing?.ingressRoute ?? application.name),
    middleware: objectName(environment, application.routing?.middleware ?? `${application.name}-strip-prefix`),
  };
}

/** Name of the HTTPRoute of a service: for the environment's own hosts, or for others that routes name. */
export const httpRouteName = (environment: Environment, service: Service, hosts: readonly string[] = []): string =>
  objectName(environment, [service.name, ...hosts.slice(0, 1)].join('-').replaceAll('.', '-'));

/** Name of the Secret that cert-manager keeps an application's certificate in. */
export const certificateSecret = (environment: Environment, application: Application): string =>
  objectName(environment, `${application.name}-tls`);

/** Name of the Middleware that appends the slash to a service's route; its second and later ones are numbered. */
export const appendSlashName = (environment: Environment, service: Service, route: number): string =>
  objectName(environment, `${service.name}-append-slash${route === 0 ? '' : `-${route + 1}`}`);

/** Name of the NetworkPolicy of a service or database; also its pods' peer name in `diff` and `graph`. */
export const networkPolicyName = (environment: Environment, owner: string): string => `${environment.name}-${owner}`;

/** What the engine calls an application, as the delivery says; else further applications of an environment carry their own name too. */
export function argoApplicationName(delivery: Delivery, environment: Environment, application?: Application): string {
  const first = environment.applications[0];
  if (delivery.followedAs !== undefined) {
    const words = { delivery: delivery.name, environment: environment.name, application: (application ?? first)?.name };
    return delivery.followedAs.replaceAll(followedWord, (word, name: keyof typeof words) => words[name] ?? word);
  }
  const base = `${delivery.name}-${environment.name}`;
  return application === undefined || application.name === first?.name ? base : `${base}-${application.name}`;
}

/** Argo CD AppProject of an environment. */
export const argoProjectName = (delivery: Delivery, environment: Environment): string =>
  `${delivery.name}-${environment.name}`;

/** What Flux is told about an environment by: its GitRepository, the account that applies, and the account's Roles. */
export const fluxName = (delivery: Delivery, environment: Environment): string =>
  `${delivery.name}-${environment.name}`;

/** Flux Kustomization of an application; further applications carry their own name too. */
export const kustomizationName = (delivery: Delivery, environment: Environment, application: Application): string =>
  argoApplicationName(delivery, environment, application);

/** What Flux says how a commit ended with, to whoever keeps the ops repository. */
export const fluxReportName = (delivery: Delivery, environment: Environment): string =>
  `${fluxName(delivery, environment)}-status`;

/** What Flux tells a workflow with that something became healthy. */
export const fluxEventName = (delivery: Delivery, environment: Environment): string =>
  `${fluxName(delivery, environment)}-healthy`;

/** Branch of the ops repository that holds what an environment runs. */
export const environmentBranch = (environment: string): string => `env/${environment}`;

/** Branch of the ops repository that holds what runs of one of an environment's several applications. */
export const applicationBranch = (environment: string, application: string): string =>
  `app/${environment}/${application}`;

/** Folder of a branch that holds an application's objects. */
export const applicationFolder = (application: string): string => `manifests/${application}`;

/** Folder of a branch that tells an engine to render a chart of an application, where that takes files that are no objects. */
export const chartFolder = (application: string, { name }: Pick<HelmChart, 'name'>): string =>
  `${applicationFolder(application)}/${name}`;

/** Branch of a promotion's pull request; that of one of several applications names it too. */
export const promotionBranch = (environment: string, release: string, application?: string): string =>
  `promote/${environment}/${application === undefined ? '' : `${application}/`}${release}`;

/** Name of the check that a pull request to an environment's branch is given: the job that renders it again. */
export const BRANCH_CHECK = 'verify';
