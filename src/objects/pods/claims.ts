import type { RenderedObject } from '../rendered-object.ts';
import { fieldsOf, numberOf, placesOf, textOf, textsOf, valueAt, type Fields } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import { once } from '../../model/validation/once.ts';

/** A claim that exists once the environment is synced. */
export interface ClaimInfo {
  readonly name: string;
  readonly namespace: string;
  /** The PersistentVolumeClaim, or the StatefulSet that makes the claim. */
  readonly rendered: RenderedObject;
  /** Path of the claim's spec in that object. */
  readonly path: string;
  readonly spec: Fields;
  readonly accessModes: readonly string[];
  readonly madeByStatefulSet: boolean;
}

/** Every claim: those that are rendered, and those that a StatefulSet makes for its pods. By `namespace/name`. */
export const claimsOf = once((objects: ObjectIndex): ReadonlyMap<string, ClaimInfo> => {
  const claims = [
    ...objects
      .ofKind('PersistentVolumeClaim')
      .map((rendered) =>
        claim(objects, rendered, rendered.object.metadata.name, 'spec', rendered.object['spec'], false),
      ),
    ...objects.ofKind('StatefulSet').flatMap((rendered) => templateClaims(objects, rendered)),
  ];
  return new Map(claims.map((made) => [`${made.namespace}/${made.name}`, made]));
});

function claim(
  objects: ObjectIndex,
  rendered: RenderedObject,
  name: string,
  path: string,
  value: unknown,
  madeByStatefulSet: boolean,
): ClaimInfo {
  const spec = fieldsOf(value);
  return {
    name,
    namespace: objects.namespaceOf(rendered.object),
    rendered,
    path,
    spec,
    accessModes: textsOf(spec['accessModes']),
    madeByStatefulSet,
  };
}

function templateClaims(objects: ObjectIndex, rendered: RenderedObject): readonly ClaimInfo[] {
  const { object } = rendered;
  const replicas = numberOf(valueAt(object, 'spec', 'replicas')) ?? 1;
  const first = numberOf(valueAt(object, 'spec', 'ordinals', 'start')) ?? 0;
  return placesOf(valueAt(object, 'spec', 'volumeClaimTemplates'), 'spec.volumeClaimTemplates').flatMap(
    ({ fields, path }) => {
      const template = textOf(valueAt(fields, 'metadata', 'name')) ?? '';
      return Array.from({ length: replicas }, (_, i) =>
        claim(
          objects,
          rendered,
          `${template}-${object.metadata.name}-${first + i}`,
          `${path}.spec`,
          fields['spec'],
          true,
        ),
      );
    },
  );
}
