import { everyEngine } from '../../engines/engines.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import type { Problem } from '../../model/problem.ts';
import { kubernetesType } from '../cluster/kubernetes-type.ts';
import type { Wanted } from '../github/existing/wanted.ts';
import type { RecordedResource, StackState } from '../state/stack-state.ts';
import { forgetLine } from './forget-line.ts';
import { halfMadeKeys } from './half-made-keys.ts';
import { lostRulesets } from './lost-rulesets.ts';
import { movedRepositories } from './moved-repositories.ts';

/** What an environment would be after the update. */
export interface EnvironmentShape {
  readonly environment: Environment;
  /** The objects rendered to `bootstrap/`. */
  readonly bootstrap: readonly KubernetesObject[];
  readonly wanted: readonly Wanted[];
}

/** Kinds whose deletion takes what runs with them, as Pulumi names them: those that an engine follows a branch by. */
const followed: readonly string[] = everyEngine.flatMap(({ setUp: { serves } }) =>
  serves.kinds.map((kind) => kubernetesType(serves.apiVersion, kind)),
);

/**
 * Changes of an environment that no update can make without losing what it keeps, or its protection: another name, another namespace, another
 * application, another repository for its branch; and what no update can make because an earlier one broke off.
 *
 * @param state - what the stack has now
 */
export function environmentShapeProblems(shape: EnvironmentShape, state: StackState): readonly Problem[] {
  const { name } = shape.environment;
  const [other] = state.ofType('portolan:index:Environment').filter((component) => component.name !== name);
  if (other !== undefined)
    return [
      {
        path: `environments.${name}`,
        message:
          `this stack holds the environment ${other.name}: an environment is not renamed, because what runs under the old name, and its database, would go; ` +
          `write the old name back, with: pulumi stack rename ${other.name} --stack ${name}; ` +
          `for a new one beside it: pulumi stack init ${name}, and then docs/pulumi.md, "An environment goes"`,
      },
    ];
  return [
    ...namespaceProblems(shape, state),
    ...followedProblems(shape, state),
    ...movedRepositories(name, shape.wanted, state),
    ...lostRulesets(name, shape.wanted, state),
    ...halfMadeKeys(name, state),
  ];
}

/** A Namespace that the stack has and would leave: the database's disk stays there, and a new one is empty. */
function namespaceProblems({ environment, bootstrap }: EnvironmentShape, state: StackState): readonly Problem[] {
  const planned = bootstrap.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  return state
    .ofType(kubernetesType('v1', 'Namespace'))
    .filter(({ name }) => !planned.includes(name))
    .map(({ name, urn }) => ({
      path: `environments.${environment.name}.namespace`,
      message:
        `this stack made the namespace ${name}, and disks do not move to another: the database would start empty; ` +
        `write "${name}" back; or, once its data is restored elsewhere (docs/restore.md): ${forgetLine(environment.name, urn)}`,
      given: environment.namespace,
    }));
}

/** What an engine follows a branch by, and the stack would delete: the engine then deletes what it applied. */
function followedProblems({ environment, bootstrap }: EnvironmentShape, state: StackState): readonly Problem[] {
  const planned = new Set(
    bootstrap.map(({ apiVersion, kind, metadata }) => `${kubernetesType(apiVersion, kind)} ${metadata.name}`),
  );
  const kindOf = ({ type }: RecordedResource): string => type.split(':').at(-1) ?? '';
  return followed
    .flatMap((type) => state.ofType(type))
    .filter(({ type, name }) => !planned.has(`${type} ${name}`))
    .map((resource) => ({
      path: `environments.${environment.name}`,
      message:
        `${kindOf(resource)} ${resource.name} is of this stack and no longer in the program: deleting it deletes what it applied; ` +
        `write its name back; or leave it in the cluster with: ${forgetLine(environment.name, resource.urn)}`,
    }));
}
