import type { Application } from '../application.ts';
import type { HelmChart } from '../charts/helm-chart.ts';
import type { Container } from '../container.ts';
import type { Credential } from '../credential.ts';
import type { Database, ExternalDatabase } from '../database.ts';
import type { Delivery } from '../delivery.ts';
import type { Environment } from '../environment.ts';
import { once } from '../validation/once.ts';
import { saidBy } from '../pods/job-pods.ts';
import type { Service } from '../service.ts';
import type { Stage } from '../stage.ts';
import type { Trigger } from '../supply.ts';

// Every rule goes through all services or containers, so that each list is made at the first question, and of a delivery once.

/** An application and where it stands in the delivery. */
export interface ApplicationPlace {
  /** E.g. `environments.dev.applications.shop`. */
  readonly path: string;
  readonly environment: Environment;
  readonly application: Application;
}

/** A service and where it stands in the delivery. */
export interface ServicePlace extends ApplicationPlace {
  readonly service: Service;
  /** Whether it is what a job says, and its one container is the job itself. @default false */
  readonly isJob?: true;
}

/** A database and where it stands in the delivery. */
export interface DatabasePlace extends ApplicationPlace {
  readonly database: Database;
}

/** A container and where it stands in the delivery. */
export interface ContainerPlace extends ServicePlace {
  readonly container: Container;
  /** Whether it ends before the others start. */
  readonly init: boolean;
}

/** A trigger and where it stands in the delivery. */
export interface TriggerPlace {
  readonly path: string;
  readonly trigger: Trigger;
}

/** Every application of every environment. */
export const applicationsIn: (delivery: Delivery) => readonly ApplicationPlace[] = once(({ environments }) =>
  environments.flatMap((environment) =>
    environment.applications.map((application) => ({
      path: `environments.${environment.name}.applications.${application.name}`,
      environment,
      application,
    })),
  ),
);

/** Every service of one application. */
export const servicesOf: (place: ApplicationPlace) => readonly ServicePlace[] = once((place) =>
  place.application.services.map((service) => ({ ...place, path: `${place.path}.services.${service.name}`, service })),
);

/** Every service of every application. */
export const servicesIn: (delivery: Delivery) => readonly ServicePlace[] = once((delivery) =>
  applicationsIn(delivery).flatMap(servicesOf),
);

/** Every service of one application, and what each of its jobs says itself, as a service. */
export const podOwnersOf: (place: ApplicationPlace) => readonly ServicePlace[] = once((place) =>
  servicesOf(place).flatMap((own) => [
    own,
    ...(own.service.jobs ?? []).map((job) => ({
      ...place,
      path: `${own.path}.jobs.${job.name}`,
      service: saidBy(own.service, job),
      isJob: true as const,
    })),
  ]),
);

/** Services and jobs that say themselves what they talk to; a job that says nothing talks to what its service does. */
export const connectingOf = (place: ApplicationPlace): readonly ServicePlace[] => {
  const inheriting = new Set(
    servicesOf(place).flatMap(({ path, service: { jobs = [] } }) =>
      jobs.flatMap(({ name, connects }) => (connects === undefined ? [`${path}.jobs.${name}`] : [])),
    ),
  );
  return podOwnersOf(place).filter(({ path }) => !inheriting.has(path));
};

/** Every service of every application, and what each of its jobs says itself, as a service. */
export const podOwnersIn: (delivery: Delivery) => readonly ServicePlace[] = once((delivery) =>
  applicationsIn(delivery).flatMap(podOwnersOf),
);

/** Every database of every application. */
export const databasesIn = (delivery: Delivery): readonly DatabasePlace[] =>
  applicationsIn(delivery).flatMap((place) =>
    (place.application.databases ?? []).map((database) => ({
      ...place,
      path: `${place.path}.databases.${database.name}`,
      database,
    })),
  );

/** Every database that runs elsewhere, of every application. */
export const externalDatabasesIn = (
  delivery: Delivery,
): readonly (ApplicationPlace & { readonly database: ExternalDatabase })[] =>
  applicationsIn(delivery).flatMap((place) =>
    (place.application.externalDatabases ?? []).map((database) => ({
      ...place,
      path: `${place.path}.externalDatabases.${database.name}`,
      database,
    })),
  );

/** A chart and where it stands in the delivery. */
export interface HelmChartPlace extends ApplicationPlace {
  readonly chart: HelmChart;
}

/** Every chart of every application. */
export const helmChartsIn = (delivery: Delivery): readonly HelmChartPlace[] =>
  applicationsIn(delivery).flatMap((place) =>
    (place.application.helmCharts ?? []).map((chart) => ({
      ...place,
      path: `${place.path}.helmCharts.${chart.name}`,
      chart,
    })),
  );

/** Every container of one service, init containers last. */
export const containersOf: (place: ServicePlace) => readonly ContainerPlace[] = once((place) => [
  ...place.service.containers.map((container) => ({
    ...place,
    path: place.isJob === true ? place.path : `${place.path}.containers.${container.name}`,
    container,
    init: false,
  })),
  ...(place.service.initContainers ?? []).map((container) => ({
    ...place,
    path: `${place.path}.initContainers.${container.name}`,
    container,
    init: container.restartPolicy === undefined,
  })),
]);

/** Every container of every service. */
export const containersIn: (delivery: Delivery) => readonly ContainerPlace[] = once((delivery) =>
  servicesIn(delivery).flatMap(containersOf),
);

/** Every credential, those of the delivery and those of the environments. */
export const credentialsIn = (
  delivery: Delivery,
): readonly { readonly path: string; readonly credential: Credential; readonly environment?: Environment }[] => [
  ...delivery.credentials.map((credential) => ({ path: `credentials.${credential.name}`, credential })),
  ...delivery.environments.flatMap((environment) =>
    environment.credentials.map((credential) => ({
      path: `environments.${environment.name}.credentials.${credential.name}`,
      credential,
      environment,
    })),
  ),
];

const triggersOf = (path: string, triggers: readonly Trigger[]): readonly TriggerPlace[] =>
  triggers.map((trigger, i) => ({ path: `${path}.triggers[${i}]`, trigger }));

/** Every trigger of every supply and stage. */
export const triggersIn = ({ supplies, stages }: Delivery): readonly TriggerPlace[] => [
  ...supplies.flatMap((supply) => triggersOf(`supplies.${supply.name}`, supply.triggers)),
  ...stages.flatMap((stage) => triggersOf(`stages.${stage.name}`, stage.triggers)),
];

/** Path of a stage. */
export const stagePath = (stage: Stage): string => `stages.${stage.name}`;
