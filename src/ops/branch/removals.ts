import { typed, type Unit } from '../../model/derived/units.ts';
import type { BranchIndex, IndexedObject } from '../release/branch-index.ts';
import type { Refusal } from '../ops-error.ts';
import type { BranchState } from './branch-state.ts';
import type { LostBranch } from './lost-branch.ts';
import type { Removal } from '../written/removal.ts';

/** Kinds that hold data: removing one can lose it. */
const STATEFUL_KINDS = new Set(['StatefulSet', 'PersistentVolumeClaim', 'PersistentVolume']);

type Identity = Pick<IndexedObject, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

/** Group, kind, namespace and name; a new version of the API is still the same object. */
const identityOf = ({ apiVersion, kind, namespace = '', name }: Identity): string =>
  [apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '', kind, namespace, name].join('|');

/**
 * Objects of a branch that are under no path of the new index.
 *
 * @param elsewhere - indexes of other branches: what they hold does not go @default - none
 */
export function removalsOf(
  state: BranchState | LostBranch,
  next: BranchIndex,
  elsewhere: readonly BranchIndex[] = [],
): readonly Removal[] {
  if (state.kind !== 'ours' && state.kind !== 'lost') return [];
  const kept = new Set([next, ...elsewhere].flatMap(({ objects }) => Object.values(objects).map(identityOf)));
  return Object.entries(state.index.objects)
    .filter(([, object]) => !kept.has(identityOf(object)))
    .map(([path, { kind, name }]) => ({ path, object: `${kind}/${name}`, name, stateful: STATEFUL_KINDS.has(kind) }));
}

/**
 * Refuses to remove what holds data, or more than half of all objects, unless each was named.
 *
 * @param allowed - object names or `Kind/name`; the environment's name allows the removal of many
 */
export function refuseRemovals(
  unit: Unit,
  state: BranchState | LostBranch,
  removals: readonly Removal[],
  allowed: readonly string[],
): readonly Refusal[] {
  if (state.kind !== 'ours' && state.kind !== 'lost') return [];
  const isAllowed = ({ object, name }: Removal): boolean => allowed.includes(object) || allowed.includes(name);
  const stateful = removals.filter((removal) => removal.stateful && !isAllowed(removal));
  const total = Object.keys(state.index.objects).length;
  const many = removals.length > total / 2 && !allowed.includes(unit.environment) && !removals.every(isAllowed);
  return [
    ...(stateful.length === 0
      ? []
      : [
          {
            code: 'removal' as const,
            what: `what holds data would be removed: ${stateful.map(({ object }) => object).join(', ')}`,
            next: `if that is meant, write ${stateful.map(({ object }) => `--allow-removal ${object}`).join(' ')}`,
          },
        ]),
    ...(many
      ? [
          {
            code: 'removal' as const,
            what: `${removals.length} of ${total} objects would be removed`,
            next: `look at "npx portolan diff ${typed(unit)}"; if that is meant, write --allow-removal ${unit.environment}`,
          },
        ]
      : []),
  ];
}
