import type { Problem } from '../../model/problem.ts';
import { oneOf } from '../../model/suggestion.ts';
import { isFields, type Fields } from '../../objects/fields.ts';
import { keyOfEntry, mergeKeys } from './merge-keys.ts';

/** Where a value stands: for messages, and which field it lies in. */
interface Place {
  readonly path: string;
  readonly within: string;
  readonly field: string;
  readonly report: (problem: Problem) => void;
}

/** Says in an entry of a list what becomes of the list or the entry, as in a strategic merge patch. */
const directive = '$patch';

/**
 * An object with a change merged in: field by field, and the entries of a list by what tells them apart. `null` removes a field.
 *
 * @param path - where the change is in the delivery, for what is reported
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/ for strategic merge patches
 */
export const mergePatch = <Target extends Fields>(
  target: Target,
  change: Fields,
  path: string,
  report: (problem: Problem) => void,
): Target => mergeMapping(target, change, { path, within: '', field: '', report }) as Target;

function merge(target: unknown, change: unknown, place: Place): unknown {
  if (Array.isArray(change)) return mergeList(target, change, place);
  return isFields(change) ? mergeMapping(isFields(target) ? target : {}, change, place) : change;
}

function mergeMapping(before: Fields, change: Fields, { path, field, report }: Place): Fields {
  if (directive in change)
    report({
      path: `${path}.${directive}`,
      message: 'must stand in an entry of a list whose entries have keys; a field is removed with null',
      given: change[directive],
    });
  const untouched = Object.entries(before).filter(([key]) => !Object.hasOwn(change, key));
  const changed = Object.entries(change).flatMap(([key, value]) =>
    value === null
      ? []
      : [[key, merge(before[key], value, { path: `${path}.${key}`, within: field, field: key, report })] as const],
  );
  return Object.fromEntries([...untouched, ...changed]);
}

const containerLists: ReadonlySet<string> = new Set(['containers', 'ephemeralContainers', 'initContainers']);

function mergeList(target: unknown, change: readonly unknown[], place: Place): readonly unknown[] {
  const keys = mergeKeys(place.within, place.field);
  const anew = (entries: readonly unknown[]): readonly unknown[] =>
    entries.map((entry, i) => merge(undefined, entry, { ...place, path: `${place.path}[${i}]` }));
  if (keys === undefined) return anew(change);
  const isReplaced = (entry: unknown): boolean => isFields(entry) && entry[directive] === 'replace';
  if (change.some(isReplaced)) return anew(change.filter((entry) => !isReplaced(entry)));

  const entries: readonly unknown[] = Array.isArray(target) ? target : [];
  return change.reduce<readonly unknown[]>(
    (result, entry, i) => mergeEntry(result, entry, keys, { ...place, path: `${place.path}[${i}]` }),
    entries,
  );
}

function mergeEntry(
  entries: readonly unknown[],
  change: unknown,
  keys: readonly string[],
  place: Place,
): readonly unknown[] {
  const { path, field, report } = place;
  const key = isFields(change) ? keyOfEntry(change, keys) : undefined;
  if (!isFields(change) || key === undefined) {
    report({
      path,
      message: `must have ${keys.join(' and ')}, which tells the entries of this list apart`,
      given: change,
    });
    return entries;
  }
  const { [directive]: word, ...fields } = change;
  const keyed = entries.map((entry) => (isFields(entry) ? keyOfEntry(entry, keys) : undefined));
  const at = keyed.indexOf(key);
  const names = keyed.flatMap((name) => name ?? []);
  const known = names.length === 0 ? 'an entry of the list, which is empty' : `an entry of the list: ${oneOf(names)}`;
  if (word === 'delete') {
    if (at === -1) report({ path, message: `must name ${known}`, given: key });
    return entries.filter((_, i) => i !== at);
  }
  if (word !== undefined)
    report({ path: `${path}.${directive}`, message: 'must be "delete" or "replace"', given: word });
  if (at !== -1) return entries.map((entry, i) => (i === at ? merge(entry, fields, place) : entry));
  if (containerLists.has(field) && fields['image'] === undefined)
    report({ path, message: `must name ${known}, or have an image, to add a container`, given: key });
  return [...entries, merge(undefined, fields, place)];
}
