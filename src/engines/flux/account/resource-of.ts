import type { KubernetesObject } from '../../../model/application.ts';
import { apiGroup } from '../../../objects/kind.ts';
import { fieldsOf, textOf, valueAt } from '../../../objects/fields.ts';

/** Kinds that the rule below would get wrong. */
const irregular: Readonly<Record<string, string>> = { Endpoints: 'endpoints' };

/** The resource of a kind as the API writes it in its addresses and rights: `NetworkPolicy` is `networkpolicies`. */
export function resourceOfKind(kind: string): string {
  const known = irregular[kind];
  if (known !== undefined) return known;
  const word = kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** The same for every kind of some objects: one that is defined beside them has the resource that its definition says. */
export function resourcesOf(objects: readonly KubernetesObject[]): (object: KubernetesObject) => string {
  const defined = new Map(
    objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ spec }) => {
        const names = fieldsOf(valueAt(spec, 'names'));
        return [`${textOf(valueAt(spec, 'group'))}/${textOf(names['kind'])}`, textOf(names['plural'])] as const;
      }),
  );
  return (object) => defined.get(`${apiGroup(object)}/${object.kind}`) ?? resourceOfKind(object.kind);
}
