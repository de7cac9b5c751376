import type { Application } from '../application.ts';
import { environmentOf, opsRepositoryOf, stageOf, type Delivery } from '../delivery.ts';
import type { Environment } from '../environment.ts';
import { applicationBranch, applicationFolder, environmentBranch } from '../names.ts';
import type { Stage } from '../stage.ts';

/**
 * What is written as a whole: an application on its stage, with the branch that holds what runs of it. Where an environment has several
 * applications each is a unit, and so is what they share; where it has one, both are one unit.
 */
export interface Unit {
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the application, where the environment has several. @default - its only one, or what several share */
  readonly application?: string;
  /** @default - none delivers to it, as to what several applications share */
  readonly stage?: Stage;
  /** Name of the cluster that runs it. */
  readonly cluster: string;
  /** Name of the repository that has the branch. @default - the delivery declares none */
  readonly repository?: string;
  readonly branch: string;
  /** Folder of the branch for what the cluster gets of it; `.` where that is everything that is rendered. */
  readonly folder: string;
}

/** Words that name a unit. */
export type UnitName = Pick<Unit, 'environment' | 'application'>;

/** Whether each application of an environment has a branch of its own. */
export const hasSeveral = ({ applications }: Environment): boolean => applications.length > 1;

/** Every unit of an environment: first what its applications share, where it has several, then each of them. */
export function unitsIn(delivery: Delivery, environment: Environment): readonly Unit[] {
  const whole = unitOf(delivery, { environment: environment.name });
  return hasSeveral(environment)
    ? [whole, ...environment.applications.map((it) => applicationUnit(delivery, environment, it.name))]
    : [whole];
}

/** Every unit of a delivery. */
export const unitsOf = (delivery: Delivery): readonly Unit[] =>
  delivery.environments.flatMap((environment) => unitsIn(delivery, environment));

/** The units that a release can be of: all but what applications share. */
export const releasedUnits = (delivery: Delivery, environment: Environment): readonly Unit[] =>
  unitsIn(delivery, environment).filter((unit) => applicationsOf(environment, unit).length > 0);

/**
 * The one place that forms units. Without an application it is the whole environment, or what its applications share.
 *
 * @throws when the delivery has no such environment
 */
export function unitOf(delivery: Delivery, { environment: name, application }: UnitName): Unit {
  const environment = environmentOf(delivery, name);
  if (application !== undefined && hasSeveral(environment)) return applicationUnit(delivery, environment, application);
  const stage = hasSeveral(environment) ? undefined : stageOf(delivery, name);
  return {
    ...placeOf(delivery, environment, stage),
    branch: environmentBranch(name),
    folder: hasSeveral(environment) ? 'bootstrap' : '.',
  };
}

/** The unit that a stage delivers to. */
export const unitOfStage = (delivery: Delivery, { environment, application }: Stage): Unit =>
  unitOf(delivery, { environment, application });

function applicationUnit(delivery: Delivery, environment: Environment, application: string): Unit {
  const stage = stageOf(delivery, environment.name, application);
  return {
    ...placeOf(delivery, environment, stage),
    application,
    branch: applicationBranch(environment.name, application),
    folder: applicationFolder(application),
  };
}

function placeOf(
  delivery: Delivery,
  { name, cluster }: Environment,
  stage: Stage | undefined,
): Omit<Unit, 'branch' | 'folder' | 'application'> {
  const written = delivery.repositories.find((repository) => repository.name === stage?.write.repository);
  const repository = (written ?? opsRepositoryOf(delivery, name))?.name;
  return {
    environment: name,
    cluster: cluster.name,
    ...(stage === undefined ? {} : { stage }),
    ...(repository === undefined ? {} : { repository }),
  };
}

/**
 * The unit whose branch has an application's release before it moves to this one: the environment's, where it has several applications now, and
 * the application's own, where it has one again. Nothing for what applications share.
 */
export function unitBefore(delivery: Delivery, unit: Unit): Unit | undefined {
  const environment = environmentOf(delivery, unit.environment);
  if (unit.application !== undefined) return unitOf(delivery, { environment: unit.environment });
  const [only, ...others] = environment.applications;
  return only === undefined || others.length > 0 ? undefined : applicationUnit(delivery, environment, only.name);
}

/** Branch that holds what runs of an application: the environment's where it is the only one. */
export const branchOf = (environment: Environment, { name }: Pick<Application, 'name'>): string =>
  hasSeveral(environment) ? applicationBranch(environment.name, name) : environmentBranch(environment.name);

/** The applications whose release a unit's branch holds. */
export const applicationsOf = (environment: Environment, { application }: UnitName): readonly Application[] =>
  hasSeveral(environment)
    ? environment.applications.filter(({ name }) => name === application)
    : environment.applications;

/** The stages that ask something of a unit's branch: its own, and of what applications share all of theirs. */
export const stagesOf = (
  { stages }: Pick<Delivery, 'stages'>,
  { environment, application }: UnitName,
): readonly Stage[] =>
  stages.filter(
    (it) => it.environment === environment && (application === undefined || it.application === application),
  );

/** Whether a file of an environment's rendering lies on a unit's branch. */
export const isOn = ({ folder }: Pick<Unit, 'folder'>, path: string): boolean =>
  folder === '.' || path.startsWith(`${folder}/`);

/** Whether a unit's branch has `bootstrap/`: that of a whole environment, or of what its applications share. */
export const holdsBootstrap = ({ application }: UnitName): boolean => application === undefined;

/** The words alone. */
export const unitNameOf = ({ environment, application }: UnitName): UnitName => ({
  environment,
  ...(application === undefined ? {} : { application }),
});

/** How people call a unit, e.g. `dev`, and `dev/shop` where there are several. */
export const nameOf = ({ environment, application }: UnitName): string =>
  application === undefined ? environment : `${environment}/${application}`;

/** How a unit is named to a command. */
export const typed = ({ environment, application }: UnitName): string =>
  application === undefined ? environment : `${environment} --application ${application}`;
