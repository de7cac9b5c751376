import type { Repository as GitHubRepository } from '@pulumi/github/repository.js';
import { ActionsSecret } from '@pulumi/github/actionsSecret.js';
import { ActionsVariable } from '@pulumi/github/actionsVariable.js';
import * as pulumi from '@pulumi/pulumi';
import { ProblemsError } from '../model/problem.ts';
import { ActionsEnvironment } from './github/actions/actions-environment.ts';
import { repositorySecrets, sharedActionsEnvironments } from '../model/derived/actions-environments.ts';
import { giveActionsKeys } from './github/actions/actions-secrets.ts';
import type { Existing } from './github/existing/read-existing.ts';
import { findAtGitHub, importing } from './github/existing/take-over.ts';
import { repositoryType, type Wanted } from './github/existing/wanted.ts';
import { wantedByPlatform } from './github/existing/wanted-by-platform.ts';
import { platformNeeds } from './github/github-needs.ts';
import { doubleSecretProblems, gitHubProblems } from './github/github-problems.ts';
import { GitHubProvider } from './github/github-provider.ts';
import { holdsOps, isManaged } from '../model/derived/managed-repositories.ts';
import { ManagedOpsRepository } from './github/repositories/managed-ops-repository.ts';
import { SourceRepository } from './github/repositories/source-repository.ts';
import { lookUpGitHub, type GitHubAnswer } from './look-up-github.ts';
import { nameAtHost } from '../model/formats/repository-address.ts';
import type { Repository } from '../model/repository.ts';
import type { ActorNumbers, BypassActor } from './github/rules/ruleset.ts';
import { workflowWriters } from './github/rules/workflow-writers.ts';
import { platformShapeProblems } from './shape/platform-shape.ts';
import type { StackContext } from './stack-context.ts';
import { readerProblems } from './reader-problems.ts';
import { secretProblems } from './stack-secrets.ts';
import type { StackState } from './state/stack-state.ts';
import { warnAtFirst } from './warn-at-first.ts';

/** What the stack `platform` tells a person. */
export interface PlatformOutputs {
  /** URL of every repository that the stack manages, by name. */
  readonly repositories: Readonly<Record<string, string>>;
  /** The next command to run. */
  readonly next: string;
}

/** What environments share: the repositories and who may change them, and the secrets of builds. */
class Platform extends pulumi.ComponentResource {
  constructor(context: StackContext, { actors, actionsApp }: GitHubAnswer, taken: Existing, state: StackState) {
    super('portolan:index:Platform', 'platform', {}, { transformations: [importing(taken)] });
    const { delivery, settings, secrets } = context;
    const provider = new GitHubProvider(settings.platform.github, { parent: this });
    const {
      protect,
      github: { appId },
    } = settings.platform;
    const app = appId === undefined ? {} : { appId };

    const repositories = new Map<string, GitHubRepository>();
    for (const repository of delivery.repositories.filter(isManaged)) {
      const inputs = state.inputsOf(repositoryType, repository.name);
      const known = inputs === undefined ? {} : { inputs };
      const component = holdsOps(repository)
        ? new ManagedOpsRepository(
            repository.name,
            {
              repository,
              ...known,
              files: context.defaultBranchFiles(repository),
              protect,
              provider,
              ...writersOf(context, repository, actors),
            },
            { parent: this },
          )
        : new SourceRepository(
            repository.name,
            { repository, ...known, actors, protect, provider, ...(actionsApp === undefined ? {} : { actionsApp }) },
            { parent: this },
          );
      repositories.set(repository.name, component.repository);
    }
    const inside = (name: string): pulumi.Resource[] => [repositories.get(name)].filter((one) => one !== undefined);
    for (const plan of sharedActionsEnvironments(delivery)) {
      const { repository, environment } = plan;
      new ActionsEnvironment(
        `${repository.name}-${environment}`,
        { plan, secrets, actors, provider, ...app },
        { parent: this, dependsOn: inside(repository.name) },
      );
    }
    for (const { repository, credential } of repositorySecrets(delivery)) {
      const at = { repository: nameAtHost(repository) };
      const options = { parent: this, provider, dependsOn: inside(repository.name) };
      giveActionsKeys(
        [credential],
        { secrets, ...app },
        {
          secret: (key, value) =>
            new ActionsSecret(`${repository.name}-${key}`, { ...at, secretName: key, value }, options),
          variable: (key, value) =>
            new ActionsVariable(`${repository.name}-${key}`, { ...at, variableName: key, value }, options),
        },
      );
    }
    this.registerOutputs({});
  }
}

/** Who alone may write workflows in a repository that holds rendered output, where GitHub keeps the others out. */
function writersOf(
  { delivery, settings }: StackContext,
  repository: Repository,
  actors: ActorNumbers,
): { readonly workflowWriters?: readonly BypassActor[] } {
  const writers = workflowWriters(delivery, repository, settings.platform.github);
  return writers !== undefined && 'names' in writers ? { workflowWriters: actors.bypass(writers.names) } : {};
}

/** Says where somebody may report the checks of a gate who should not, because GitHub keeps nobody from writing workflows there. */
async function warnOfReporters(context: StackContext, repository: Repository): Promise<void> {
  const { delivery, settings } = context;
  const writers = workflowWriters(delivery, repository, settings.platform.github);
  if (writers === undefined || !('open' in writers)) return;
  await warnAtFirst(
    context,
    `whoever may write ${repository.name} can report the checks of its gates from a workflow on a branch of their own, so that the approval alone counts: ` +
      `${writers.open}; until then let few people write it`,
  );
}

/** Everything that the stack makes and GitHub makes once only. */
const wantedOf = ({ delivery, settings, defaultBranchFiles }: StackContext): readonly Wanted[] =>
  wantedByPlatform({
    delivery,
    github: settings.platform.github,
    isWritten: (ops) => defaultBranchFiles(ops).size > 0,
  });

/**
 * Makes the stack `platform`.
 *
 * @throws ProblemsError with everything that would fail, before any resource is made
 */
export async function makePlatform(context: StackContext): Promise<PlatformOutputs> {
  const { delivery, settings, stack, secrets } = context;
  const needs = platformNeeds(delivery, settings.platform.github);
  const shared = sharedActionsEnvironments(delivery);
  const credentials = [
    ...shared.flatMap((plan) => plan.credentials),
    ...repositorySecrets(delivery).map(({ credential }) => credential),
  ];
  const problems = [
    ...gitHubProblems(delivery, needs, settings.platform.github),
    ...doubleSecretProblems(shared),
    ...secretProblems(stack, credentials, secrets),
    ...readerProblems(stack, credentials, secrets, settings.platform.github.appId),
  ];
  if (problems.length > 0) throw new ProblemsError(`the stack "${stack}"`, problems);

  const answer = await lookUpGitHub(context, needs, []);
  const wanted = wantedOf(context);
  const state = await context.state();
  const misshapen = platformShapeProblems({ wanted, protect: settings.platform.protect }, state);
  if (misshapen.length > 0) throw new ProblemsError(`the stack "${stack}"`, misshapen);
  // A repository that the delivery itself takes over is decided.
  const decided = delivery.repositories.filter(({ management }) => management === 'adopt').map(({ name }) => name);
  const open = wanted.filter(({ name, place }) => place.kind !== 'repository' || !decided.includes(name));
  const atGitHub = await findAtGitHub(context, open, settings.platform.adopt === true);
  const found = [...answer.problems, ...atGitHub.problems];
  if (found.length > 0) throw new ProblemsError(`the stack "${stack}"`, found);
  for (const repository of needs.repositories.filter(holdsOps)) await warnOfReporters(context, repository);

  new Platform(context, answer, atGitHub.taken, state);
  const [first] = delivery.environments;
  return {
    repositories: Object.fromEntries(delivery.repositories.filter(isManaged).map(({ name, url }) => [name, url])),
    next: first === undefined ? 'add an environment to project.ts' : `pulumi up --stack ${first.name}`,
  };
}
