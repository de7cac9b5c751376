import {
  allActionsEnvironments,
  isReader,
  pullRequests,
  type ActionsEnvironmentPlan,
} from '../../derived/actions-environments.ts';
import { isPlainKey, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import { defaultBranchOf, holdsOps, isManaged } from '../../derived/managed-repositories.ts';
import { unitsOf } from '../../derived/units.ts';
import type { Problem } from '../../problem.ts';
import { credentialsIn } from '../place.ts';

/** A ref whose workflow anybody who may push can have written, and what would protect it. */
interface OpenRef {
  readonly ref: string;
  readonly protect: string;
}

/** Refs among those that may enter a place which nobody reviews before their workflow runs. */
function openRefs(
  delivery: Delivery,
  { repository, branches, tags, approvers }: Omit<ActionsEnvironmentPlan, 'environment' | 'credentials'>,
): readonly OpenRef[] {
  // Somebody looks at the commit before any job of it begins.
  if (approvers !== undefined) return [];
  const path = `repositories.${repository.name}`;
  const environments = holdsOps(repository) ? unitsOf(delivery).map(({ branch }) => branch) : [];
  const reviewed = [...environments, ...(repository.protection === undefined ? [] : [defaultBranchOf(repository)])];
  return [
    ...branches
      .filter((branch) => !reviewed.includes(branch))
      .map((branch) =>
        branch === pullRequests
          ? {
              ref: 'a pull request',
              protect: 'keep it where no pull request runs, or name in store.approvers who lets each run begin',
            }
          : branch === defaultBranchOf(repository)
            ? { ref: `the branch ${branch}`, protect: `protect it with ${path}.protection` }
            : { ref: `a branch like ${branch}`, protect: `start it from ${defaultBranchOf(repository)} alone` },
      ),
    ...tags
      .filter((tag) => repository.tags === undefined || !matchesPatterns([repository.tags.pattern], tag))
      .map((tag) => ({ ref: `a tag like ${tag}`, protect: `protect them with ${path}.tags` })),
  ];
}

/** Where workflows find a credential: refs of its GitHub environment, or every ref where it has none. */
function refsAround(delivery: Delivery, { store }: Credential): readonly OpenRef[] {
  if (store.kind !== 'githubActions') return [];
  const repository = delivery.repositories.find(({ name }) => name === store.repository);
  // What is managed elsewhere is not known here, and a name that is not declared is told by another rule.
  if (repository === undefined || !isManaged(repository)) return [];
  if (store.environment === undefined)
    return [{ ref: 'any branch', protect: 'name a GitHub environment in store.environment' }];
  return allActionsEnvironments(delivery)
    .filter((plan) => plan.repository === repository && plan.environment === store.environment)
    .flatMap((plan) => openRefs(delivery, plan));
}

const secretKeys = ({ store }: Credential): readonly string[] =>
  store.kind === 'githubActions' ? store.keys.filter((key) => !isPlainKey(key) && key !== 'GITHUB_TOKEN') : [];

/** A credential that does more than read and has the same value: that of the same holder, or one under the same key. */
const writerBehind = (reader: Credential, all: readonly Credential[]): Credential | undefined =>
  all.find(
    (other) =>
      !isReader(other) &&
      secretKeys(other).length > 0 &&
      (other.holder === reader.holder || secretKeys(other).some((key) => secretKeys(reader).includes(key))),
  );

/**
 * A secret that does more than read is where reviewed workflows alone run: no pull request, no branch that anybody pushes, no tag that
 * anybody makes, because a tag is put on any commit and runs that commit's workflow.
 *
 * What a workflow that nobody reviewed can take is able to read and nothing else: such a workflow is whatever its author writes, and
 * what the job that Portolan generates would do with a key says nothing about what the key can do.
 */
export function guardedSecrets(delivery: Delivery): readonly Problem[] {
  const credentials = credentialsIn(delivery);
  const all = credentials.map(({ credential }) => credential);
  return credentials.flatMap(({ path, credential }): readonly Problem[] => {
    const [open] = secretKeys(credential).length === 0 ? [] : refsAround(delivery, credential);
    if (open === undefined) return [];
    if (!isReader(credential))
      return [
        {
          path: `${path}.store`,
          message: `whoever may push takes it by a changed workflow on ${open.ref}, which nobody reviews; ${open.protect}`,
          given: credential.purpose,
        },
      ];
    const writer = writerBehind(credential, all);
    if (writer === undefined) return [];
    return [
      {
        path: `${path}.holder`,
        message: `whoever may push takes its key by a changed workflow on ${open.ref}, and the key is that of ${writer.name} too, which does more than read; give it an app that can only read, as a holder of its own with keys of its own`,
        given: credential.holder,
      },
    ];
  });
}
