import type { KubernetesObject } from '../../../model/application.ts';
import { groupOf } from '../../../render/file-path.ts';
import { findRenames, type Rename } from './find-renames.ts';
import type { TreeObject } from '../tree-object.ts';

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
export const identityOf = (object: KubernetesObject): string =>
  `${groupOf(object)}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;

/**
 * The earlier tree, with the later one's own items where the files have the same bytes: these are parsed once at most, and not at
 * all when the later tree was rendered.
 */
export function shareUntouched(before: readonly TreeObject[], after: readonly TreeObject[]): readonly TreeObject[] {
  const byPath = new Map(
    after.flatMap((item) => (item.path === undefined || item.text === undefined ? [] : [[item.path, item] as const])),
  );
  return before.map((item) => {
    const later = item.path === undefined || item.text === undefined ? undefined : byPath.get(item.path);
    return later !== undefined && later.text === item.text ? later : item;
  });
}

/** Matches the objects of two trees. Items that are in both are left out unread. */
export function matchObjects(before: readonly TreeObject[], after: readonly TreeObject[]): MatchedObjects {
  const [inBefore, inAfter] = [new Set(before), new Set(after)];
  const left = byIdentity(before.filter((item) => !inAfter.has(item)));
  const right = byIdentity(after.filter((item) => !inBefore.has(item)));
  const staying: Rename[] = [];
  const created: TreeObject[] = [];
  for (const [identity, item] of right) {
    const earlier = left.get(identity);
    if (earlier === undefined) created.push(item);
    else if (earlier.object !== item.object) staying.push({ before: earlier, after: item });
  }
  const removed: TreeObject[] = [];
  for (const [identity, item] of left) if (!right.has(identity)) removed.push(item);
  const renamed = removed.length === 0 || created.length === 0 ? [] : findRenames(removed, created);
  const taken = new Set(renamed.flatMap((pair) => [pair.before, pair.after]));
  return {
    staying,
    renamed,
    removed: removed.filter((item) => !taken.has(item)),
    created: created.filter((item) => !taken.has(item)),
  };
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
