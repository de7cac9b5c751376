import type { KubernetesObject } from '../model/application.ts';
import { actionsEnvironmentsOf } from '../model/derived/actions-environments.ts';
import { isManaged } from '../model/derived/managed-repositories.ts';
import { promotionIdentity } from '../model/derived/promotion-identity.ts';
import type { Environment } from '../model/environment.ts';
import { publicGitHub } from '../model/formats/host.ts';
import { repositoryAddress } from '../model/formats/repository-address.ts';
import { BRANCH_CHECK } from '../model/names.ts';
import { unitsIn } from '../model/derived/units.ts';
import type { Problem } from '../model/problem.ts';
import type { Repository } from '../model/repository.ts';
import { missingSetting } from '../model/settings/stack-file.ts';
import type { Binding } from '../engines/binding.ts';
import type { AnyEngine } from '../engines/engine.ts';
import { otherFollowers } from '../engines/other-followers.ts';
import type { RenderedBinding } from '../engines/engine-at-set-up.ts';
import type { ClusterFacts } from './cluster/cluster-facts.ts';
import { engineCredentialProblems, engineCredentials, holdsSshKey } from './cluster/engine-credentials.ts';
import { claimsBehind, clusterCredentials, secretKey } from './cluster/environment-secrets.ts';
import { keyOf } from './cluster/object-key.ts';
import { environmentNeeds } from './github/github-needs.ts';
import { doubleSecretProblems, gitHubProblems, identityProblems } from './github/github-problems.ts';
import { opensshPublicKey } from './github/repositories/openssh-public-key.ts';
import { environmentRules } from './github/rules/environment-rules.ts';
import type { StackContext } from './stack-context.ts';
import { secretProblems } from './stack-secrets.ts';
import { warnAtFirst } from './warn-at-first.ts';

/** What is known of an environment when its stack is made. */
export interface Surveyed {
  readonly context: StackContext;
  readonly environment: Environment;
  readonly bootstrap: readonly KubernetesObject[];
  readonly engine: AnyEngine;
  readonly binding: Binding;
  /** What `bootstrap/` tells the engine. */
  readonly rendered: RenderedBinding;
  readonly kubernetesContext: string;
}

/** Everything that can be told without asking GitHub or the cluster. */
export function problemsAtHand(surveyed: Surveyed): readonly Problem[] {
  const { context, environment, engine, rendered } = surveyed;
  const { delivery, settings, stack, secrets } = context;
  const { name } = environment;
  const plans = actionsEnvironmentsOf(delivery, name);
  return [
    ...(settings.environments[name]?.kubernetesContext === undefined
      ? [missingSetting(stack, 'kubernetes:context')]
      : []),
    ...gitHubProblems(delivery, environmentNeeds(delivery, name), settings.platform.github),
    ...unitsIn(delivery, environment).flatMap((unit) =>
      identityProblems(unit, promotionIdentity(delivery, unit), environmentRules(delivery, unit).pullRequest),
    ),
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
function deployKeyProblems({ context: { secrets, stack }, environment, engine }: Surveyed): readonly Problem[] {
  return engineCredentials(environment)
    .filter(holdsSshKey(engine))
    .flatMap((credential) => {
      const message = secrets.objectionTo(credential, engine.sshKey, opensshPublicKey);
      return message === undefined
        ? []
        : [{ path: `Pulumi.${stack}.yaml: config.portolan:secrets.${credential.name}`, message }];
    });
}

/** Asks the cluster for what the stack would make, and for the disks behind its passwords. */
export function lookUpCluster({
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
    others: otherFollowers({ delivery: context.delivery, environment }),
    objects: [
      ...bootstrap.map(keyOf),
      ...credentials.map((credential) => secretKey(environment, credential)),
      ...credentials.flatMap((credential) => claimsBehind(environment, credential)),
    ],
  });
}

/** Says where pull requests are not guarded: on a server of one's own, which may take a workflow from the branch that is to be judged. */
export async function warnOfNoGuard(
  context: StackContext,
  environment: Environment,
  repository: Repository,
): Promise<void> {
  const { delivery } = context;
  const host = repositoryAddress(repository.url)?.host ?? '';
  const gated = unitsIn(delivery, environment).filter((unit) => environmentRules(delivery, unit).pullRequest);
  if (host === publicGitHub || !isManaged(repository) || gated.length === 0) return;
  await warnAtFirst(
    context,
    `pull requests to ${gated.map(({ branch }) => branch).join(' and ')} are not guarded: ${host} is a GitHub Enterprise server, of which it is not known whether it takes ` +
      `a workflow from the default branch; whoever may write a branch of ${repository.name} can change there what "${BRANCH_CHECK}" does, so let few people write it`,
  );
}
