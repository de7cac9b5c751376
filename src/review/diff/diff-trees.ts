import { usualEngine } from '../../engines/engines.ts';
import type { KubernetesLine } from '../../model/environment.ts';
import { alignTree, type WordPair } from './align-environments.ts';
import { diffCreated, diffRemoved, diffRenamed, diffStaying, type ObjectContext } from './diff-object.ts';
import type { ListKeyLookup } from './compare/list-rule.ts';
import { matchObjects, shareUntouched, type MatchedObjects } from './compare/match-objects.ts';
import type { Remover } from './removal.ts';
import { bootstrapOrder } from './order/bootstrap-order.ts';
import type { OrderStep } from '../../engines/order-step.ts';
import { redactText } from './redact.ts';
import { restartOf } from './pods/restarts.ts';
import { capacityMoved, countsForCapacity } from './risk/capacity.ts';
import { dataAtStake } from './risk/data-at-stake.ts';
import { securityLoosened } from './risk/security-loosened.ts';
import { trafficAtStake } from './risk/traffic-at-stake.ts';
import { sameValue } from './compare/same-value.ts';
import { withStaleConfigs } from './pods/stale-configs.ts';
import {
  treeObjectId,
  type Action,
  type ObjectDiff,
  type PodRestart,
  type Risk,
  type RiskNote,
  type TreeDiff,
} from './tree-diff.ts';
import type { TreeObject } from './tree-object.ts';

/** How two trees are compared. */
export interface DiffOptions {
  /** How the entries of lists are told apart, from the schemas. @default - a table of well-known fields */
  readonly listKeys?: ListKeyLookup;
  /** Oldest Kubernetes line that the objects are applied to: it decides what cannot change in place. @default '1.36' */
  readonly kubernetes?: KubernetesLine;
  /** Whether the engine removes what left the tree. @default true */
  readonly prunes?: boolean;
  /** What removes it. @default - the engine of an application that stands on no stage */
  readonly engine?: Remover;
  /** Compares two environments: words of the earlier that count as those of the later one. @default - two states of one environment */
  readonly align?: readonly WordPair[];
}

/** One object that differs, with what only the risk needs. */
interface Entry {
  readonly diff: ObjectDiff;
  readonly before?: TreeObject;
  readonly after?: TreeObject;
  readonly restart?: PodRestart;
}

/**
 * Says what changes between two trees, object by object: what is published and what was rendered, two commits, or two
 * environments. Order and formatting make no difference. Takes time in proportion to the number of objects.
 */
export function diffTrees(
  before: readonly TreeObject[],
  after: readonly TreeObject[],
  options: DiffOptions = {},
): TreeDiff {
  const align = options.align ?? [];
  const earlier = shareUntouched(alignTree(before, align), after);
  const matched = matchObjects(earlier, after);
  const entries = entriesOf(matched, {
    ...(options.listKeys === undefined ? {} : { listKeys: options.listKeys }),
    line: options.kubernetes ?? '1.36',
    prunes: options.prunes ?? true,
    engine: options.engine ?? usualEngine,
    changedConfigs: changedConfigs(matched),
    ignoresLoneChecksums: align.length > 0,
  });
  const restarts = entries.flatMap(({ restart }) => restart ?? []);
  const shown = entries.filter(({ diff }) => diff.action !== 'changed' || diff.changes.length > 0);
  const order = align.length > 0 || earlier.length === 0 ? [] : orderOf(shown);
  return {
    objects: withStaleConfigs(
      shown.map(({ diff }) => diff),
      restarts,
      after,
    ),
    restarts,
    risk: riskOf(shown, earlier, after),
    ...(order.length === 0 ? {} : { order }),
  };
}

/** Only what differs can want an order, so nothing else is looked into. */
const orderOf = (entries: readonly Entry[]): readonly OrderStep[] =>
  bootstrapOrder(
    entries.flatMap(({ before }) => (before === undefined ? [] : [before.object])),
    entries.flatMap(({ after }) => (after === undefined ? [] : [after.object])),
  );

function* objectsOf(items: readonly TreeObject[]): Iterable<TreeObject['object']> {
  for (const { object } of items) yield object;
}

function entriesOf({ staying, renamed, removed, created }: MatchedObjects, context: ObjectContext): readonly Entry[] {
  const entries: readonly Entry[] = [
    ...staying.flatMap(({ before, after }): readonly Entry[] => {
      const { diff, reordered } = diffStaying({ before, after }, context);
      if (diff.changes.length === 0 && reordered.length === 0) return [];
      const restart = restartOf({ before: before.object, after: after.object, diff, reordered });
      return [{ diff, before, after, ...(restart === undefined ? {} : { restart }) }];
    }),
    ...renamed.map((pair): Entry => ({ diff: diffRenamed(pair, context), ...pair })),
    ...removed.map((item): Entry => ({ diff: diffRemoved(item, context), before: item })),
    ...created.map((item): Entry => ({ diff: diffCreated(item), after: item })),
  ];
  return entries
    .map((entry) => ({ entry, key: sortKey(entry.diff) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}

/** What is lost or made again first. */
const ranks: Readonly<Record<Action, number>> = { recreated: 0, removed: 1, renamed: 2, changed: 3, created: 4 };

const sortKey = ({ action, owner, kind, namespace, name }: ObjectDiff): string =>
  [ranks[action], owner, kind, namespace ?? '', name].join('\0');

/** ConfigMaps whose data differs or that are new, as `<namespace>/<name>`. */
function changedConfigs({ staying, renamed, created }: MatchedObjects): ReadonlySet<string> {
  const isConfig = ({ object }: TreeObject): boolean => object.kind === 'ConfigMap';
  const differs = ({ before, after }: { readonly before: TreeObject; readonly after: TreeObject }): boolean =>
    !sameValue(before.object['data'], after.object['data']) ||
    !sameValue(before.object['binaryData'], after.object['binaryData']);
  const changed = [
    ...staying.filter((pair) => isConfig(pair.after) && differs(pair)).map(({ after }) => after),
    ...renamed.map(({ after }) => after).filter(isConfig),
    ...created.filter(isConfig),
  ];
  return new Set(changed.map(({ object: { metadata } }) => `${metadata.namespace ?? ''}/${metadata.name}`));
}

function riskOf(entries: readonly Entry[], before: readonly TreeObject[], after: readonly TreeObject[]): Risk {
  const [data, traffic, security]: [RiskNote[], RiskNote[], RiskNote[]] = [[], [], []];
  let moves = false;
  for (const entry of entries) {
    const { diff, restart } = entry;
    data.push(...dataAtStake(diff, restart));
    traffic.push(...trafficAtStake(diff, restart));
    // Of all metadata, only the labels of a namespace let anybody do anything.
    if (!goesBeyondMetadata(diff) && diff.kind !== 'Namespace') continue;
    security.push(...loosenedBy(entry));
    moves ||= countsForCapacity(diff) && goesBeyondPodMetadata(diff);
  }
  return {
    data,
    traffic,
    security,
    capacity: moves ? capacityMoved([...objectsOf(before)], [...objectsOf(after)]) : {},
  };
}

const loosenedBy = ({ diff, before, after }: Entry): readonly RiskNote[] =>
  securityLoosened(before?.object, after?.object).map((message) => ({
    object: treeObjectId(diff),
    message: redactText(message),
  }));

/** Whether an object that stays changes in more than its labels and annotations. */
const goesBeyondMetadata = ({ action, changes }: ObjectDiff): boolean =>
  action !== 'changed' || changes.some(({ path }) => !path.startsWith('metadata'));

/** Whether a workload that stays changes in more than what its pods are called and annotated with, e.g. with the digest of a configuration. */
const goesBeyondPodMetadata = ({ action, changes }: ObjectDiff): boolean =>
  action !== 'changed' || changes.some(({ path }) => !/^(?:spec\.template\.)?metadata\b/.test(path));
