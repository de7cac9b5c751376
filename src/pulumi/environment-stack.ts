import * as pulumi from '@pulumi/pulumi';
import { actionsEnvironmentsOf } from '../model/derived/actions-environments.ts';
import { isManaged, managedOpsRepository, opsAddressOf } from '../model/derived/managed-repositories.ts';
import { managedWebhooksOf } from '../model/derived/tekton/webhooks.ts';
import { environmentOf } from '../model/delivery.ts';
import { nameAtHost } from '../model/formats/repository-address.ts';
import { unitOf, unitsIn } from '../model/derived/units.ts';
import { ProblemsError } from '../model/problem.ts';
import { engineOf, usualEngine } from '../engines/engines.ts';
import { guardCheck } from '../workflows/guard/guard-workflow.ts';
import { ClusterContents, fieldsOfOthers } from './cluster/cluster-contents.ts';
import { engineCredentials, holdsSshKey } from './cluster/engine-credentials.ts';
import { clusterProblems, takenOver } from './cluster/found-in-cluster.ts';
import { followerProblems } from './cluster/follower-problems.ts';
import { passwordType } from './cluster/generated-password.ts';
import { passwordProblems } from './cluster/password-problems.ts';
import { lookUpCluster, problemsAtHand, warnOfNoGuard, type Surveyed } from './environment-survey.ts';
import { ActionsEnvironment } from './github/actions/actions-environment.ts';
import type { Existing } from './github/existing/read-existing.ts';
import { findAtGitHub, importing } from './github/existing/take-over.ts';
import { wantedByEnvironment } from './github/existing/wanted-by-environment.ts';
import { environmentNeeds } from './github/github-needs.ts';
import { GitHubProvider } from './github/github-provider.ts';
import { DeployKey, deployKeyTitle } from './github/repositories/deploy-key.ts';
import { SignedWebhook } from './github/repositories/signed-webhook.ts';
import { branchResource, EnvironmentBranch } from './github/repositories/environment-branch.ts';
import { environmentRules, type EnvironmentRules } from './github/rules/environment-rules.ts';
import { lookUpGitHub, type GitHubAnswer } from './look-up-github.ts';
import { environmentShapeProblems } from './shape/environment-shape.ts';
import type { StackContext } from './stack-context.ts';

/** What the stack of an environment tells a person. */
export interface EnvironmentOutputs {
  /** URL of the ops repository. */
  readonly opsRepository: string;
  /** Branch that holds what runs. */
  readonly branch: string;
  /** Page of what the engine follows the branch by, each by its name; the name alone where no address of the engine is set. */
  readonly applications: Readonly<Record<string, string>>;
  /** The next command to run. */
  readonly next: string;
}

/** What the state has, and what is there. */
interface Known {
  /** Objects of the cluster that are taken over. */
  readonly adopted: ReadonlySet<string>;
  /** What is taken over at GitHub. */
  readonly imported: Existing;
  /** Names of the passwords that the state generated. */
  readonly generated: ReadonlySet<string>;
}

/** One environment: its branch, its workflows' secrets, and what its cluster holds before the first sync. */
class EnvironmentStack extends pulumi.ComponentResource {
  constructor(surveyed: Surveyed, { actors, actionsApp }: GitHubAnswer, { adopted, imported, generated }: Known) {
    const { context, environment, bootstrap, engine, binding, kubernetesContext } = surveyed;
    const { name } = environment;
    super('portolan:index:Environment', name, {}, { transformations: [importing(imported)] });
    const { delivery, settings, secrets } = context;
    const provider = new GitHubProvider(settings.platform.github, { parent: this });
    const { appId } = settings.platform.github;
    const repository = managedOpsRepository(delivery, name);

    if (isManaged(repository)) {
      const retired = settings.environments[name]?.retired === true;
      for (const unit of unitsIn(delivery, environment)) {
        const rules = guarded(environmentRules(delivery, unit), context.defaultBranchFiles(repository).size > 0);
        new EnvironmentBranch(
          branchResource(unit),
          { unit, repository, rules, retired, actors, provider, ...(actionsApp === undefined ? {} : { actionsApp }) },
          { parent: this },
        );
      }
      for (const credential of engineCredentials(environment).filter(holdsSshKey(engine))) {
        const privateKey = secrets.output(credential, engine.sshKey);
        new DeployKey(
          credential.name,
          { repository, title: deployKeyTitle(credential, name), privateKey, provider },
          { parent: this },
        );
      }
    }
    for (const plan of actionsEnvironmentsOf(delivery, name)) {
      const args = { plan, secrets, actors, provider, ...(appId === undefined ? {} : { appId }) };
      new ActionsEnvironment(`${plan.repository.name}-${name}`, args, { parent: this });
    }
    const contents = new ClusterContents(
      name,
      {
        environment,
        bootstrap,
        engine,
        binding,
        secrets,
        generated,
        context: kubernetesContext,
        adopted,
        tools: context.tools,
      },
      { parent: this },
    );
    // Signed with what the listener's Secret has, whoever made that: there is no second one that could differ.
    for (const { supply, repository, address, credential, key } of managedWebhooksOf(delivery, name)) {
      const secret = contents.secrets.get(credential.name)?.values[key];
      if (secret !== undefined)
        new SignedWebhook(
          supply.name,
          { repository, address, secret, provider },
          { parent: this, dependsOn: [contents] },
        );
    }
    this.registerOutputs({});
  }
}

/** Rules with the check of the workflow that guards a gated branch, where there is one. */
const guarded = (rules: EnvironmentRules, isGuarded: boolean): EnvironmentRules =>
  rules.pullRequest && isGuarded ? { ...rules, checks: [...rules.checks, guardCheck] } : rules;

/** Fields of one object that are named; the others are counted. */
const mostNamed = 8;

/** What is taken over in the cluster as it is, what of it the next update changes, and how to come to that. */
function takeoverOf(stack: string, taken: ReadonlyMap<string, readonly string[]>, isAlone: boolean): string {
  const all = [...taken].sort(([a], [b]) => (a < b ? -1 : 1));
  const described = all.map(([key, fields]) => {
    const more = fields.length > mostNamed ? [`${fields.length - mostNamed} more`] : [];
    return fields.length === 0 ? key : `${key} (then changes ${[...fields.slice(0, mostNamed), ...more].join(', ')})`;
  });
  const nothing = isAlone ? 'finds nothing to take over' : 'finds nothing to take over in the cluster';
  const what = all.length === 0 ? nothing : `takes over as it is: ${described.join(', ')}`;
  return `${what}; when this update is through: pulumi config rm portolan:adopt --stack ${stack}`;
}

/**
 * Makes the stack of one environment.
 *
 * @throws ProblemsError with everything that would fail, before any resource is made
 */
export async function makeEnvironment(context: StackContext): Promise<EnvironmentOutputs> {
  const { delivery, settings, stack, secrets } = context;
  const environment = environmentOf(delivery, stack);
  const bootstrap = await context.bootstrap(environment);
  const engine = engineOf(delivery, stack) ?? usualEngine;
  const binding = { delivery, environment, opsRepository: opsAddressOf(delivery, stack) };
  const rendered = engine.setUp.rendered(bootstrap);
  if (rendered === undefined)
    throw new Error(
      `portolan: environments.${stack}: bootstrap/ has no object that ${engine.title} follows the branch by`,
    );
  const own = settings.environments[stack];
  const kubernetesContext = own?.kubernetesContext ?? '';
  const surveyed: Surveyed = { context, environment, bootstrap, engine, binding, rendered, kubernetesContext };
  const atHand = problemsAtHand(surveyed);
  if (atHand.length > 0) throw new ProblemsError(`the stack "${stack}"`, atHand);

  const adopt = own?.adopt ?? false;
  const state = await context.state();
  const wanted = wantedByEnvironment(delivery, stack, secrets);
  const plan = { environment, bootstrap, writtenByOthers: fieldsOfOthers(engine) };
  const misshapen = environmentShapeProblems({ ...plan, wanted }, state);
  if (misshapen.length > 0) throw new ProblemsError(`the stack "${stack}"`, misshapen);

  const facts = await lookUpCluster(surveyed);
  const repository = managedOpsRepository(delivery, stack);
  const elsewhere = environmentNeeds(delivery, stack).repositories.map(nameAtHost);
  const answer = await lookUpGitHub(context, environmentNeeds(delivery, stack), elsewhere);
  const atGitHub = await findAtGitHub(context, wanted, adopt);
  const found = [
    ...followerProblems(stack, engine.title, facts),
    ...answer.problems,
    ...atGitHub.problems,
    ...(adopt ? [] : clusterProblems(plan, facts, state)),
    ...passwordProblems({ environment, secrets, facts, state, adopt, context: kubernetesContext }),
  ];
  if (found.length > 0) throw new ProblemsError(`the stack "${stack}"`, found);

  await warnOfNoGuard(context, environment, repository);

  const taken = adopt ? takenOver(plan, facts) : new Map<string, readonly string[]>();
  if (adopt) context.warn(takeoverOf(stack, taken, atGitHub.taken.size === 0));
  const kept = engine.setUp.keepInUse(bootstrap, rendered.limits, facts.kindsInUse ?? []);
  if (kept.kinds.length > 0)
    context.warn(
      `${engine.setUp.keeping(rendered, kept.kinds)}; ` +
        `publish ${stack}, see it pruned with "npx portolan wait ${stack}", then once more: pulumi up --stack ${stack}`,
    );
  new EnvironmentStack({ ...surveyed, bootstrap: kept.objects }, answer, {
    adopted: new Set(taken.keys()),
    imported: atGitHub.taken,
    generated: new Set(state.ofType(passwordType).map((password) => password.name)),
  });

  const page = (application: string): string =>
    own?.engineUrl === undefined
      ? `${rendered.namespace}/${application}`
      : engine.setUp.page(own.engineUrl, rendered, application);
  return {
    opsRepository: repository.url,
    branch: unitOf(delivery, { environment: stack }).branch,
    applications: Object.fromEntries(rendered.applications.map((application) => [application, page(application)])),
    next: `npx portolan workflows --write; commit and merge what it wrote: the workflow publishes ${stack}`,
  };
}
