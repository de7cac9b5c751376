import type { Delivery } from '../../../src/model/delivery.ts';
import { environmentBranch } from '../../../src/model/names.ts';
import { nameAtHost } from '../../../src/model/formats/repository-address.ts';
import type { Registered } from './run-stack.ts';

const kindOf = ({ type }: Registered): string => type.split(':').at(-1) ?? '';

const ofKind = (resources: readonly Registered[], kind: string): readonly Registered[] =>
  resources.filter((one) => kindOf(one) === kind);

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );

/** Repositories that hold rendered output and anybody may read. */
const publicOps = (delivery: Delivery, resources: readonly Registered[]): readonly string[] => {
  const ops = delivery.repositories.filter((repository) => repository.holds.includes('ops')).map(nameAtHost);
  return ofKind(resources, 'Repository')
    .filter(({ inputs }) => ops.includes(String(inputs['name'])) && inputs['visibility'] !== 'private')
    .map(({ name }) => `${name}: an ops repository must be private`);
};

/** Branches of gated environments that somebody may change without a review, or whose history may be rewritten. */
const openBranches = (delivery: Delivery, resources: readonly Registered[]): readonly string[] => {
  const branches = new Set(ofKind(resources, 'Branch').map(({ inputs }) => inputs['branch']));
  const gated = delivery.stages.filter(
    (stage) => stage.gate.kind === 'pullRequest' && branches.has(environmentBranch(stage.environment)),
  );
  return [...branches].flatMap((branch) => {
    const rulesets = ofKind(resources, 'RepositoryRuleset').filter(
      ({ inputs }) =>
        JSON.stringify(at(inputs, 'conditions', 'refName', 'includes')) ===
        JSON.stringify([`refs/heads/${String(branch)}`]),
    );
    const isGated = gated.some((stage) => environmentBranch(stage.environment) === branch);
    const reviewed = rulesets.some(
      ({ inputs }) =>
        Number(at(inputs, 'rules', 'pullRequest', 'requiredApprovingReviewCount') ?? 0) > 0 &&
        at(inputs, 'rules', 'pullRequest', 'dismissStaleReviewsOnPush') === true &&
        at(inputs, 'rules', 'pullRequest', 'requireLastPushApproval') === true &&
        at(inputs, 'rules', 'requiredStatusChecks', 'strictRequiredStatusChecksPolicy') === true,
    );
    const closed = rulesets.some(({ inputs }) => at(inputs, 'rules', 'update') === true);
    const kept = rulesets.some(
      ({ inputs }) =>
        at(inputs, 'rules', 'deletion') === true &&
        at(inputs, 'rules', 'nonFastForward') === true &&
        JSON.stringify(inputs['bypassActors']) === '[]',
    );
    return [
      ...(isGated && !reviewed
        ? [`${String(branch)}: a gated branch must take reviewed, up-to-date pull requests alone`]
        : []),
      ...(!isGated && !reviewed && !closed ? [`${String(branch)}: a branch must name who writes it`] : []),
      ...(kept ? [] : [`${String(branch)}: nobody may rewrite or delete a branch`]),
    ];
  });
};

/** Repositories with a gated branch in which anybody who may write could report the checks of the gate, by a workflow of their own. */
const openWorkflows = (delivery: Delivery, resources: readonly Registered[]): readonly string[] => {
  const gated = delivery.stages.filter(({ gate }) => gate.kind === 'pullRequest').map(({ write }) => write.repository);
  const kept = ofKind(resources, 'RepositoryRuleset')
    .filter(
      ({ inputs }) =>
        inputs['target'] === 'push' &&
        JSON.stringify(at(inputs, 'rules', 'filePathRestriction') ?? '').includes('".github/**/*"'),
    )
    .map(({ inputs }) => inputs['repository']);
  return ofKind(resources, 'Repository')
    .filter(({ name, inputs }) => gated.includes(name) && !kept.includes(inputs['name']))
    .map(({ name }) => `${name}: a repository with a gated branch must say who writes workflows`);
};

/** Actions secrets that the workflow of any branch may read. */
const openStores = (resources: readonly Registered[]): readonly string[] => {
  const policies = ofKind(resources, 'RepositoryEnvironmentDeploymentPolicy');
  const places = (of: readonly Registered[]): ReadonlySet<string> =>
    new Set(of.map(({ inputs }) => `${String(inputs['repository'])} ${String(inputs['environment'])}`));
  const guarded = places(policies);
  const tagged = places(policies.filter(({ inputs }) => inputs['tagPattern'] !== undefined));
  return [
    ...ofKind(resources, 'ActionsSecret').map(
      ({ name }) => `${name}: a secret of a whole repository is open to every branch; keep it in a GitHub environment`,
    ),
    ...ofKind(resources, 'ActionsEnvironmentSecret')
      .filter(({ inputs }) => !guarded.has(`${String(inputs['repository'])} ${String(inputs['environment'])}`))
      .map(({ name }) => `${name}: its GitHub environment says neither which branches nor which tags may use it`),
    ...ofKind(resources, 'ActionsEnvironmentSecret')
      .filter(({ inputs }) => tagged.has(`${String(inputs['repository'])} ${String(inputs['environment'])}`))
      .map(({ name }) => `${name}: a tag is put on any commit, and takes it by the workflow there`),
  ];
};

/** What a stack must not be, whatever the delivery says. */
export const policyProblems = (delivery: Delivery, resources: readonly Registered[]): readonly string[] => [
  ...publicOps(delivery, resources),
  ...openBranches(delivery, resources),
  ...openWorkflows(delivery, resources),
  ...openStores(resources),
];
