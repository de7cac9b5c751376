import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import type { Problem } from '../../model/problem.ts';
import { configSetLine } from '../../model/settings/stack-file.ts';
import type { StackState } from '../state/stack-state.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { differingFields } from './differing-fields.ts';
import { clusterCredentials, secretKey, type ClusterCredential } from './environment-secrets.ts';
import { kubernetesType } from './kubernetes-type.ts';
import { describeKey, keyOf, resourceNameOf } from './object-key.ts';

/** What the look at a cluster needs to know of an environment. */
export interface ClusterPlan {
  readonly environment: Environment;
  /** The objects rendered to `bootstrap/`. */
  readonly bootstrap: readonly KubernetesObject[];
  /** Fields that others write, by kind. */
  readonly writtenByOthers: Readonly<Record<string, readonly string[]>>;
}

/** An object that the stack makes in the cluster. */
interface Planned {
  /** As {@link describeKey} writes it. */
  readonly key: string;
  /** Type of the resource, as Pulumi names it. */
  readonly type: string;
  /** Name of the resource in the stack. */
  readonly name: string;
  readonly from: KubernetesObject | ClusterCredential;
}

const plannedIn = ({ environment, bootstrap }: ClusterPlan): readonly Planned[] => [
  ...bootstrap.map((object) => ({
    key: describeKey(keyOf(object)),
    type: kubernetesType(object.apiVersion, object.kind),
    name: resourceNameOf(environment, keyOf(object)),
    from: object,
  })),
  ...clusterCredentials(environment).map((credential) => ({
    key: describeKey(secretKey(environment, credential)),
    type: kubernetesType('v1', 'Secret'),
    name: credential.name,
    from: credential,
  })),
];

/** Objects that are there and that the stack did not make, with the line that takes them over. */
export function clusterProblems(plan: ClusterPlan, facts: ClusterFacts, state: StackState): readonly Problem[] {
  const { name } = plan.environment;
  return plannedIn(plan)
    .filter((one) => facts.existing.has(one.key) && !state.has(one.type, one.name))
    .map(({ key }) => ({
      path: `environments.${name}`,
      message: `${key} is in the cluster, and is not of this stack; take it over with: ${configSetLine(name, 'portolan:adopt', { value: 'true' })}`,
    }));
}

/** Objects that a takeover finds, as {@link describeKey} writes them, and what the update after it changes in each. */
export function takenOver(plan: ClusterPlan, facts: ClusterFacts): ReadonlyMap<string, readonly string[]> {
  return new Map(
    plannedIn(plan)
      .filter(({ key }) => facts.existing.has(key))
      .map(({ key, from }) => [
        key,
        'kind' in from ? ofObject(plan, from, facts.live?.get(key)) : ofSecret(from, facts, key),
      ]),
  );
}

function ofObject({ writtenByOthers }: ClusterPlan, object: KubernetesObject, live: unknown): readonly string[] {
  const left = new Set(['apiVersion', 'kind', 'status', ...(writtenByOthers[object.kind] ?? [])]);
  const own = Object.fromEntries(Object.entries(object).filter(([field]) => !left.has(field)));
  return live === undefined ? [] : differingFields(own, live);
}

/** Keys that go, because the credential has none of that name; values are another check's. */
const ofSecret = ({ store }: ClusterCredential, { secrets }: ClusterFacts, key: string): readonly string[] =>
  [...(secrets.get(key)?.values.keys() ?? [])]
    .filter((field) => !store.keys.includes(field))
    .map((field) => `data.${field}`)
    .sort();
