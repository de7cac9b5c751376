import { load } from 'js-yaml';
import type { KubernetesObject } from '../../model/application.ts';
import type { Unit } from '../../model/derived/units.ts';
import { secretMakers } from '../../model/secrets/secret-origin.ts';
import { engineOf, usualEngine } from '../../engines/engines.ts';
import { bootstrapOrder } from '../../review/diff/order/bootstrap-order.ts';
import type { OrderStep } from '../../engines/order-step.ts';
import type { OpsContext } from '../ops-context.ts';
import type { Refusal } from '../ops-error.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { BranchDifference } from './branch-difference.ts';
import type { BranchFiles } from './branch-files.ts';
import type { BranchState } from './branch-state.ts';
import type { LostBranch } from './lost-branch.ts';
import { publishedObjects } from './published-objects.ts';

/** A state of a branch that becomes another. */
export interface BranchTransition {
  readonly unit: Unit;
  readonly state: BranchState | LostBranch;
  readonly next: BranchFiles;
  readonly difference: BranchDifference;
  /** Whether the files are those of an earlier state, which Pulumi would not make. */
  readonly isRestored: boolean;
}

/** What of `bootstrap/` comes before a commit, and what after it, in this order; nothing where the branch is new. */
export async function orderOf(
  repository: OpsRepository,
  { state, next, difference }: Omit<BranchTransition, 'isRestored'>,
): Promise<readonly OrderStep[]> {
  // What is added to the branch may take something over that the branch says no more.
  if (state.kind !== 'ours' || (touchedIn(difference).length === 0 && difference.added.length === 0)) return [];
  const before = await publishedObjects(repository.gitDir, state, { leaveOutUnreadable: true });
  return bootstrapOrder(
    before.map(({ object }) => object),
    objectsOf(next),
  );
}

/** What must be done outside the ops repository before the engine can apply a commit, and after it did, as sentences. */
export function bootstrapNotices(
  { delivery }: Pick<OpsContext, 'delivery'>,
  { unit: { environment }, state, next, difference, isRestored }: BranchTransition,
  order: readonly OrderStep[],
): readonly string[] {
  const { title } = engineOf(delivery, environment) ?? usualEngine;
  const secrets = newSecrets(state, next);
  // Where bootstrap/ as a whole would come too early, each addition has a line of its own.
  const alone = order.some(({ when }) => when === 'before') && order.some(({ when }) => when === 'after');
  const steps = (when: OrderStep['when']): readonly string[] =>
    order
      .filter((step) => step.when === when)
      .map(({ message, command, isOfBranch = false }) =>
        (alone || isOfBranch) && command !== undefined ? `${message}: ${command}` : message,
      );
  return [
    ...(touchedIn(difference).length === 0
      ? []
      : [
          isRestored
            ? restored(order, title)
            : state.kind === 'ours'
              ? changed(environment, order)
              : isNew(environment),
        ]),
    ...steps('before'),
    ...secrets.map(
      ([name, keys]) =>
        `the Secret ${name} must exist with ${keys.length === 1 ? 'the key' : 'the keys'} ${keys.join(', ')}; README.md on the branch has the line`,
    ),
    ...steps('after'),
  ];
}

/** Refuses a commit that takes something away from what runs, unless the cluster has its `bootstrap/` already. */
export async function refuseBranchFirst(
  { liveBootstrap }: Pick<OpsContext, 'liveBootstrap'>,
  { unit: { environment }, next, isRestored }: BranchTransition,
  order: readonly OrderStep[],
): Promise<readonly Refusal[]> {
  const hurting = order.filter(({ hurts }) => hurts !== undefined);
  const live = hurting.length === 0 ? undefined : await liveBootstrap?.(environment);
  const lacking = live === undefined ? undefined : new Set(bootstrapOrder(live, objectsOf(next)).map(textOf));
  return hurting
    .filter((step) => step.isOfBranch === true || lacking?.has(textOf(step)) !== false)
    .map(({ object, command, hurts = '', isOfBranch = false }) => ({
      code: 'bootstrap-first',
      what: `${object} must change in the cluster before the branch does: ${hurts}`,
      next: isOfBranch
        ? `run once, then write --bootstrap-applied: ${command ?? ''}`
        : isRestored
          ? 'apply bootstrap/ of the commit that comes back ("kubectl apply -f bootstrap/"), then write --bootstrap-applied'
          : `run "pulumi up --stack ${environment}" first, then write --bootstrap-applied`,
    }));
}

const textOf = ({ object, message }: OrderStep): string => `${object} ${message}`;

const objectsOf = ({ files, index }: BranchFiles): readonly KubernetesObject[] =>
  Object.keys(index.objects).flatMap((path) => parsed(files.get(path)));

const touchedIn = ({ added, changed: replaced, removed }: BranchDifference): readonly string[] =>
  [...added, ...replaced, ...removed].filter((path) => path.startsWith('bootstrap/'));

const isNew = (environment: string): string =>
  `bootstrap/ is new: run "pulumi up --stack ${environment}" first, or "kubectl apply -f bootstrap/"`;

/** Additions come first, removals last; a change with both is made in two steps. */
function changed(environment: string, order: readonly OrderStep[]): string {
  const [pulumi, wait] = [`"pulumi up --stack ${environment}"`, `"npx portolan wait ${environment}" says Healthy`];
  const hasAfter = order.some(({ when }) => when === 'after');
  if (!hasAfter) return `bootstrap/ changed: run ${pulumi} first`;
  return order.some(({ when }) => when === 'before')
    ? `bootstrap/ changes in two steps: run ${pulumi} first, which keeps what is in use, and once more when ${wait}`
    : `bootstrap/ changed: run ${pulumi} when ${wait}, not before`;
}

/** @param title - of the engine, which applies what the branch holds and not `bootstrap/` */
function restored(order: readonly OrderStep[], title: string): string {
  const [hasBefore, hasAfter] = (['before', 'after'] as const).map((which) => order.some(({ when }) => when === which));
  const what = `bootstrap/ is that of the earlier state, and ${title} does not apply it`;
  const apply = '"kubectl apply -f bootstrap/" from this commit does';
  if (hasAfter !== true) return `${what}: ${apply}`;
  return `${what}: ${hasBefore === true ? 'first comes what must be allowed, and ' : ''}${apply} once what left the branch is pruned`;
}

function newSecrets(
  state: BranchState | LostBranch,
  next: BranchFiles,
): readonly (readonly [string, readonly string[]])[] {
  const before = state.kind === 'ours' ? state.index.secrets : {};
  const added = Object.entries(next.index.secrets).filter(
    ([name, keys]) => JSON.stringify(before[name]) !== JSON.stringify(keys),
  );
  if (added.length === 0) return [];
  // What an object of the branch has made, nobody needs to bring.
  const made = new Set(
    objectsOf(next)
      .filter(({ kind }) => secretMakers.has(kind))
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
  );
  return added.filter(([name]) => !made.has(name));
}

function parsed(text: string | undefined): readonly KubernetesObject[] {
  const object = load(text ?? '') as Partial<KubernetesObject> | null | undefined;
  return typeof object?.metadata?.name === 'string' ? [object as KubernetesObject] : [];
}
