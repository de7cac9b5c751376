import type { Found } from '../../objects/check.ts';
import { objectId } from '../../objects/kind.ts';
import type { RenderedObject } from '../../objects/rendered-object.ts';

/** Names of an object, as `Kind/name`, and as `Kind/name@namespace` where others of that kind and name lie in other namespaces. */
const idsIn = (objects: readonly RenderedObject[]): ReadonlyMap<string, string> => {
  const namespaces = new Map<string, Set<string | undefined>>();
  for (const { object } of objects) {
    const id = objectId(object);
    namespaces.set(id, (namespaces.get(id) ?? new Set()).add(object.metadata.namespace));
  }
  return new Map(
    objects.map(({ construct, object }) => {
      const id = objectId(object);
      const { namespace } = object.metadata;
      const isAlone = namespace === undefined || (namespaces.get(id)?.size ?? 0) < 2;
      return [construct, isAlone ? id : `${id}@${namespace}`];
    }),
  );
};

/** Every name by which these objects may be called, whether it tells one from another or not. */
export const everyId = (objects: readonly RenderedObject[]): readonly string[] => [
  ...idsIn(objects).values(),
  ...objects.map(({ object }) => objectId(object)),
];

/** What was found, at an object that can be told from another of its kind and name: an exception for one must not cover the other. */
export function toldApart(objects: readonly RenderedObject[]): (found: Found) => Found {
  const ids = idsIn(objects);
  return (found) => {
    const id = ids.get(found.construct);
    return id?.startsWith(`${found.object}@`) === true ? { ...found, object: id } : found;
  };
}
