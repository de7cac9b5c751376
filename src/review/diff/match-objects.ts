import type { KubernetesObject } from '../../model/application.ts';
import { groupOf } from '../../render/file-path.ts';
import { findRenames, type Rename } from './find-renames.ts';
import type { TreeObject } from './tree-object.ts';

/** Which object of one tree is which of the other. */
export interface MatchedObjects {
  /** In both trees, and not known to be the same. */
  readonly staying: readonly Rename[];
  /** Under another name in the later tree. */
  readonly renamed: readonly Rename[];
  readonly removed: readonly TreeObject[];
  readonly created: readonly TreeObject[];
}

/** What makes an object one and the same: group, kind, namespace, name. Another version of the group is a change of it. */
export const identityOf = (object: KubernetesObject): string => [groupOf(object), object.kind, object.metadata.namespace ?? '', object.metadata.name].join('/');

/** Matches the objects of two trees. Files with the same bytes are left out unread. */
export function matchObjects(before: readonly TreeObject[], after: readonly TreeObject[]): MatchedObjects {
  const texts = new Map(before.flatMap(({ path, text }) => (path === undefined || text === undefined ? [] : [[path, text] as const])));
  const untouched = new Set(after.flatMap(({ path, text }) => (path !== undefined && text !== undefined && texts.get(path) === text ? [path] : [])));
  const isOpen = ({ path }: TreeObject): boolean => path === undefined || !untouched.has(path);

  const left = byIdentity(before.filter(isOpen));
  const right = byIdentity(after.filter(isOpen));
  const staying = [...right].flatMap(([identity, item]): readonly Rename[] => {
    const earlier = left.get(identity);
    return earlier === undefined || earlier.object === item.object ? [] : [{ before: earlier, after: item }];
  });
  const removed = [...left].flatMap(([identity, item]) => (right.has(identity) ? [] : [item]));
  const created = [...right].flatMap(([identity, item]) => (left.has(identity) ? [] : [item]));
  const renamed = removed.length === 0 || created.length === 0 ? [] : findRenames(removed, created);
  const taken = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  return { staying, renamed, removed: removed.filter((item) => !taken.has(item)), created: created.filter((item) => !taken.has(item)) };
}

/** A second object of one identity gets a number, so that neither is lost. */
function byIdentity(items: readonly TreeObject[]): ReadonlyMap<string, TreeObject> {
  const map = new Map<string, TreeObject>();
  for (const item of items) {
    const identity = identityOf(item.object);
    let key = identity;
    for (let i = 2; map.has(key); i++) key = `${identity}#${i}`;
    map.set(key, item);
  }
  return map;
}
