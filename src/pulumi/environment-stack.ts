import * as pulumi from '@pulumi/pulumi';
import type { KubernetesObject } from '../model/application.ts';
import { environmentOf } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { publicGitHub } from '../model/formats/host.ts';
import { BRANCH_CHECK, environmentBranch } from '../model/names.ts';
import type { Repository } from '../model/repository.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { missingSetting } from '../model/settings/stack-file.ts';
import { engineOf, usualEngine } from '../engines/engines.ts';
import type { Binding } from '../engines/binding.ts';
import type { RenderedBinding } from '../engines/engine-at-set-up.ts';
import type { AnyEngine } from '../engines/engine.ts';
import { engineCredentialProblems, engineCredentials, isSshKey } from './cluster/engine-credentials.ts';
import { ClusterContents } from './cluster/cluster-contents.ts';
import type { ClusterFacts } from './cluster/cluster-facts.ts';
import { claimsBehind, clusterCredentials, secretKey } from './cluster/environment-secrets.ts';
import { describeKey, keyOf } from './cluster/object-key.ts';
import { passwordProblems } from './cluster/password-problems.ts';
import { ActionsEnvironment } from './github/actions/actions-environment.ts';
import { actionsEnvironmentsOf } from '../model/derived/actions-environments.ts';
import { DeployKey } from './github/repositories/deploy-key.ts';
import { EnvironmentBranch } from './github/repositories/environment-branch.ts';
import { promotionIdentity } from '../model/derived/promotion-identity.ts';
import { environmentRules, type EnvironmentRules } from './github/rules/environment-rules.ts';
import { guardCheck } from '../workflows/guard/guard-workflow.ts';
import { environmentNeeds } from './github/github-needs.ts';
import { doubleSecretProblems, gitHubProblems, identityProblems } from './github/github-problems.ts';
import { GitHubProvider } from './github/github-provider.ts';
import { isManaged, managedOpsRepository, opsAddressOf } from '../model/derived/managed-repositories.ts';
import { opensshPublicKey } from './github/repositories/openssh-public-key.ts';
import { lookUpGitHub, type GitHubAnswer } from './look-up-github.ts';
import { nameAtHost, repositoryAddress } from '../model/formats/repository-address.ts';
import type { StackContext } from './stack-context.ts';
import { secretProblems } from './stack-secrets.ts';

/** What the stack of an environment tells a person. */
export interface EnvironmentOutputs {
  /** URL of the ops repository. */
  readonly opsRepository: string;
  /** Branch that holds what runs. */
  readonly branch: string;
  /** Page of each Argo CD Application, by name; the name alone where no address of Argo CD is set. */
  readonly argoCdApplications: Readonly<Record<string, string>>;
  /** The next command to run. */
  readonly next: string;
}

/** What is known of an environment when its stack is made. */
interface Surveyed {
  readonly context: StackContext;
  readonly environment: Environment;
  readonly bootstrap: readonly KubernetesObject[];
  readonly engine: AnyEngine;
  readonly binding: Binding;
  /** What `bootstrap/` tells the engine. */
  readonly rendered: RenderedBinding;
  readonly kubernetesContext: string;
}

/** One environment: its branch, its workflows' secrets, and what its cluster holds before the first sync. */
class EnvironmentStack extends pulumi.ComponentResource {
  constructor(surveyed: Surveyed, { actors, actionsApp }: GitHubAnswer, adopted: ReadonlySet<string>) {
    const { context, environment, bootstrap, engine, binding, kubernetesContext } = surveyed;
    const { name } = environment;
    super('portolan:index:Environment', name, {}, {});
    const { delivery, settings, secrets } = context;
    const provider = new GitHubProvider(settings.platform.github, { parent: this });
    const { appId } = settings.platform.github;
    const repository = managedOpsRepository(delivery, name);

    if (isManaged(repository)) {
      new EnvironmentBranch(
        name,
        {
          environment: name,
          repository,
          rules: guarded(environmentRules(delivery, name), context.defaultBranchFiles(repository).size > 0),
          actors,
          provider,
          ...(actionsApp === undefined ? {} : { actionsApp }),
        },
        { parent: this },
      );
      for (const credential of engineCredentials(environment).filter(isSshKey)) {
        const privateKey = secrets.output(credential, 'sshPrivateKey');
        new DeployKey(
          credential.name,
          { repository, title: `${credential.holder}, ${name}`, privateKey, provider },
          { parent: this },
        );
      }
    }
    for (const plan of actionsEnvironmentsOf(delivery, name)) {
      const args = { plan, secrets, provider, ...(appId === undefined ? {} : { appId }) };
      new ActionsEnvironment(`${plan.repository.name}-${name}`, args, { parent: this });
    }
    new ClusterContents(
      name,
      { environment, bootstrap, engine, binding, secrets, context: kubernetesContext, adopted },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** Rules with the check of the workflow that guards a gated branch, where there is one. */
const guarded = (rules: EnvironmentRules, isGuarded: boolean): EnvironmentRules =>
  rules.pullRequest && isGuarded ? { ...rules, checks: [...rules.checks, guardCheck] } : rules;

/** Everything that can be told without asking GitHub or the cluster. */
function problemsAtHand(surveyed: Surveyed): readonly Problem[] {
  const { context, environment, engine, rendered } = surveyed;
  const { delivery, settings, stack, secrets } = context;
  const { name } = environment;
  const plans = actionsEnvironmentsOf(delivery, name);
  return [
    ...(settings.environments[name]?.kubernetesContext === undefined
      ? [missingSetting(stack, 'kubernetes:context')]
      : []),
    ...gitHubProblems(delivery, environmentNeeds(delivery, name), settings.platform.github),
    ...identityProblems(name, promotionIdentity(delivery, name), environmentRules(delivery, name).pullRequest),
    ...doubleSecretProblems(plans),
    ...engineCredentialProblems(environment, engine.setUp, rendered),
    ...deployKeyProblems(surveyed),
    ...secretProblems(
      stack,
      [...clusterCredentials(environment), ...plans.flatMap((plan) => plan.credentials)],
      secrets,
    ),
  ];
}

/** Deploy keys whose public half cannot be told to GitHub. */
function deployKeyProblems({ context: { secrets, stack }, environment }: Surveyed): readonly Problem[] {
  return engineCredentials(environment)
    .filter(isSshKey)
    .flatMap((credential) => {
      const message = secrets.objectionTo(credential, 'sshPrivateKey', opensshPublicKey);
      return message === undefined
        ? []
        : [{ path: `Pulumi.${stack}.yaml: config.portolan:secrets.${credential.name}`, message }];
    });
}

/** Asks the cluster for what the stack would make, and for the disks behind its passwords. */
function lookUpCluster({
  context,
  environment,
  bootstrap,
  engine,
  rendered,
  kubernetesContext,
}: Surveyed): Promise<ClusterFacts> {
  const credentials = clusterCredentials(environment);
  return context.lookUpCluster({
    stack: context.stack,
    context: kubernetesContext,
    engine: engine.setUp,
    rendered,
    objects: [
      ...bootstrap.map(keyOf),
      ...credentials.map((credential) => secretKey(environment, credential)),
      ...credentials.flatMap((credential) => claimsBehind(environment, credential)),
    ],
  });
}

/** Says where pull requests are not guarded: on a server of one's own, which may take a workflow from the branch that is to be judged. */
function warnOfNoGuard({ delivery, warn }: StackContext, environment: string, repository: Repository): void {
  const host = repositoryAddress(repository.url)?.host ?? '';
  if (host === publicGitHub || !isManaged(repository) || !environmentRules(delivery, environment).pullRequest) return;
  warn(
    `pull requests to ${environmentBranch(environment)} are not guarded: ${host} is a GitHub Enterprise server, of which it is not known whether it takes ` +
      `a workflow from the default branch; whoever may write a branch of ${repository.name} can change there what "${BRANCH_CHECK}" does, so let few people write it`,
  );
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
  const facts = await lookUpCluster(surveyed);
  const repository = managedOpsRepository(delivery, stack);
  const elsewhere = environmentNeeds(delivery, stack).repositories.map(nameAtHost);
  const answer = await lookUpGitHub(context, environmentNeeds(delivery, stack), elsewhere);
  const found = [
    ...answer.problems,
    ...passwordProblems({ environment, secrets, facts, adopt, context: kubernetesContext }),
  ];
  if (found.length > 0) throw new ProblemsError(`the stack "${stack}"`, found);

  warnOfNoGuard(context, stack, repository);

  const adopted = new Set(
    adopt
      ? [
          ...bootstrap.map(keyOf),
          ...clusterCredentials(environment).map((credential) => secretKey(environment, credential)),
        ]
          .map(describeKey)
          .filter((key) => facts.existing.has(key))
      : [],
  );
  if (adopt) {
    const taken =
      adopted.size === 0 ? 'finds nothing to take over' : `takes over as it is: ${[...adopted].sort().join(', ')}`;
    context.warn(`${taken}; when this update is through: pulumi config rm portolan:adopt --stack ${stack}`);
  }
  const kept = engine.setUp.keepInUse(bootstrap, rendered.limits, facts.kindsInUse ?? []);
  if (kept.kinds.length > 0)
    context.warn(
      `${engine.setUp.keeping(rendered, kept.kinds)}; ` +
        `publish ${stack}, see it pruned with "npx portolan wait ${stack}", then once more: pulumi up --stack ${stack}`,
    );
  new EnvironmentStack({ ...surveyed, bootstrap: kept.objects }, answer, adopted);

  const page = (application: string): string =>
    own?.engineUrl === undefined
      ? `${rendered.namespace}/${application}`
      : engine.setUp.page(own.engineUrl, rendered, application);
  return {
    opsRepository: repository.url,
    branch: environmentBranch(stack),
    argoCdApplications: Object.fromEntries(
      rendered.applications.map((application) => [application, page(application)]),
    ),
    next: `npx portolan workflows --write; commit and merge what it wrote: the workflow publishes ${stack}`,
  };
}
