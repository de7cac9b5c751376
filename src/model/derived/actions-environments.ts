import { isRunToken, type Credential } from '../credential.ts';
import { environmentOf, opsRepositoryOf, type Delivery } from '../delivery.ts';
import { unitsIn, unitsOf } from './units.ts';
import type { Repository } from '../repository.ts';
import type { Stage } from '../stage.ts';
import type { Supply, Trigger } from '../supply.ts';
import { defaultBranchOf, holdsOps, isManaged } from './managed-repositories.ts';

/** One GitHub environment of one repository: which refs may use it, and the secrets it keeps. */
export interface ActionsEnvironmentPlan {
  readonly repository: Repository;
  readonly environment: string;
  /** Branches whose workflows may use it, as GitHub patterns. */
  readonly branches: readonly string[];
  /** Tags whose workflows may use it: of somebody else's build alone, because nobody reviews the commit that a tag is put on. */
  readonly tags: readonly string[];
  readonly credentials: readonly Credential[];
  /** Names of the actors one of whom lets each job begin that enters it. @default - nobody is asked */
  readonly approvers?: readonly string[];
}

/** The GitHub environment of the program's repository whose jobs show what a pull request would have Pulumi do. */
export const previewEnvironment = 'preview';

/** GitHub environment whose secrets a review may use: to read, never to write. */
export const reviewEnvironment = 'review';

/** GitHub environment whose secrets the builds of generated workflows push with. */
export const BUILD_ENVIRONMENT = 'build';

/** GitHub environment whose secrets copy tested commits to where they are built. */
export const COPY_ENVIRONMENT = 'copy';

/** GitHub environment that GitHub Pages takes a page from; GitHub names it so. */
export const pagesEnvironment = 'github-pages';

/** Branches of an ops repository whose moves draw the page, where one is kept. */
const drawingBranches = (delivery: Delivery, repository: Repository): readonly string[] =>
  delivery.page === undefined
    ? []
    : unitsOf(delivery)
        .filter(({ environment }) => opsRepositoryOf(delivery, environment) === repository)
        .map(({ branch }) => branch);

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Who lets jobs into a GitHub environment: whoever any credential in it asks for. */
function approversOf(credentials: readonly Credential[]): Pick<ActionsEnvironmentPlan, 'approvers'> {
  const approvers = distinct(
    credentials.flatMap(({ store }) => (store.kind === 'githubActions' ? (store.approvers ?? []) : [])),
  );
  return approvers.length === 0 ? {} : { approvers };
}

/** Whether a place keeps a credential; the token that GitHub makes for each run is kept nowhere. */
const keptIn = (credential: Credential, repository: Repository, environment: string | undefined): boolean =>
  credential.store.kind === 'githubActions' &&
  credential.store.repository === repository.name &&
  credential.store.environment === environment &&
  !isRunToken(credential);

/**
 * Refs of a repository that may use one of its GitHub environments: branches whose pushes start something, and the default branch where
 * merging publishes, where a tag asks it for a release, or where nothing names any ref.
 */
function refs(
  repository: Repository,
  triggers: readonly Trigger[],
  releases: readonly Trigger[],
): Pick<ActionsEnvironmentPlan, 'branches' | 'tags'> {
  const isHere = (trigger: Trigger): boolean => 'repository' in trigger && trigger.repository === repository.name;
  const here = triggers.filter(isHere);
  const branches = here.flatMap((trigger) => (trigger.on === 'push' ? trigger.branches : []));
  const tags = here.flatMap((trigger) => (trigger.on === 'gitTag' ? [trigger.pattern] : []));
  const fromDefault =
    repository.holds.includes('program') ||
    releases.some(isHere) ||
    // Whatever is sent or timed runs what is on the default branch; a time is of the workflow's own repository.
    triggers.some((trigger) => trigger.on === 'schedule' || (trigger.on === 'dispatch' && isHere(trigger))) ||
    branches.length + tags.length === 0;
  return {
    branches: distinct([...branches, ...(fromDefault ? [defaultBranchOf(repository)] : [])]),
    tags: distinct(tags),
  };
}

/**
 * The supplies of a repository whose starts may use one of its GitHub environments. What generated builds push with is for what starts them: beside them
 * somebody else's build, which may be of any branch, has none of it.
 */
function buildsIn({ supplies }: Delivery, { name }: Repository, environment: string): readonly Supply[] {
  const all = supplies.filter(({ source }) => source === name);
  const generated = all.filter(({ builder }) => builder.kind === 'githubActions');
  return environment === BUILD_ENVIRONMENT && generated.length > 0 ? generated : all;
}

const isTag = ({ on }: Trigger): boolean => on === 'gitTag';

/** What a pull request runs as: its own copy of every workflow; such a run may use secrets that only read. */
export const pullRequests = 'refs/pull/*/merge';

/** Whether a credential is declared to read and nothing else. */
export const isReader = ({ purpose }: Credential): boolean => purpose === 'gitRead' || purpose === 'registryRead';

/**
 * The GitHub environments that carry a model environment's name: in every repository whose workflows move releases to
 * it, or that keeps a credential for it. Its own stack makes them.
 */
export function actionsEnvironmentsOf(delivery: Delivery, environment: string): readonly ActionsEnvironmentPlan[] {
  const stages = delivery.stages.filter((stage) => stage.environment === environment);
  const triggers = stages.flatMap((stage) => stage.triggers);
  const own = delivery.environments.flatMap((candidate) =>
    candidate.name === environment ? candidate.credentials : [],
  );
  const credentials = [...delivery.credentials, ...own];
  return delivery.repositories.filter(isManaged).flatMap((repository) => {
    const kept = credentials.filter((credential) => keptIn(credential, repository, environment));
    const moved = triggers.some(
      (trigger) => (trigger.on === 'push' || trigger.on === 'gitTag') && trigger.repository === repository.name,
    );
    if (kept.length === 0 && !moved) return [];
    const { branches, tags } = refs(
      repository,
      triggers.filter((trigger) => !isTag(trigger)),
      triggers.filter(isTag),
    );
    return [
      {
        repository,
        environment,
        branches: holdsOps(repository)
          ? unitsIn(delivery, environmentOf(delivery, environment)).map(({ branch }) => branch)
          : branches,
        tags,
        credentials: kept,
        ...approversOf(kept),
      },
    ];
  });
}

/** Whether a tag that starts a stage is built for it, where others move what was built before. */
const buildsItsTag = ({ intake, rebuild }: Stage): boolean => intake.from === 'supply' || rebuild === true;

/** Every other GitHub environment that keeps a credential of the delivery, e.g. one for builds, or shows its page. The platform makes them. */
export function sharedActionsEnvironments(delivery: Delivery): readonly ActionsEnvironmentPlan[] {
  const own = new Set(delivery.environments.map((environment) => environment.name));
  return delivery.repositories.filter(isManaged).flatMap((repository) => {
    const named = delivery.credentials.flatMap(({ store }) =>
      store.kind === 'githubActions' &&
      store.repository === repository.name &&
      store.environment !== undefined &&
      !own.has(store.environment)
        ? [store.environment]
        : [],
    );
    // What such a tag starts builds, and so needs what builds are given.
    const releases = delivery.stages.filter(buildsItsTag).flatMap((stage) => stage.triggers.filter(isTag));
    const drawing = drawingBranches(delivery, repository);
    const kept = distinct(named).map((environment): ActionsEnvironmentPlan => {
      const credentials = delivery.credentials.filter((credential) => keptIn(credential, repository, environment));
      const isPreview = repository.holds.includes('program') && environment === previewEnvironment;
      const isOpen = isPreview || (credentials.length > 0 && credentials.every(isReader));
      const open = [pullRequests, ...(environment === reviewEnvironment ? drawing : [])];
      const builds = buildsIn(delivery, repository, environment).flatMap(({ triggers }) => triggers);
      const plan = isOpen ? { branches: open, tags: [] } : refs(repository, builds, releases);
      return { repository, environment, ...plan, credentials, ...approversOf(credentials) };
    });
    if (drawing.length === 0 || delivery.page?.keptIn !== 'gitHubPages') return kept;
    return [...kept, { repository, environment: pagesEnvironment, branches: drawing, tags: [], credentials: [] }];
  });
}

/** Credentials of the delivery that a whole repository keeps, outside of any GitHub environment. */
export function repositorySecrets(
  delivery: Delivery,
): readonly { readonly repository: Repository; readonly credential: Credential }[] {
  return delivery.repositories
    .filter(isManaged)
    .flatMap((repository) =>
      delivery.credentials
        .filter((credential) => keptIn(credential, repository, undefined))
        .map((credential) => ({ repository, credential })),
    );
}

/** Repositories whose workflows are given something that the token of the run may do: every workflow there may, on any ref. */
export function runTokens(
  delivery: Delivery,
): readonly { readonly repository: Repository; readonly credential: Credential }[] {
  return delivery.repositories.flatMap((repository) =>
    delivery.credentials
      .filter(({ store }) => store.kind === 'githubActions' && store.repository === repository.name)
      .filter(isRunToken)
      .map((credential) => ({ repository, credential })),
  );
}

/** Every GitHub environment of a delivery, whichever stack makes it. */
export const allActionsEnvironments = (delivery: Delivery): readonly ActionsEnvironmentPlan[] => [
  ...sharedActionsEnvironments(delivery),
  ...delivery.environments.flatMap(({ name }) => actionsEnvironmentsOf(delivery, name)),
];
