import type { KubernetesObject } from '../../../model/application.ts';
import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { apiGroup } from '../../../objects/kind.ts';
import { isHook } from '../hooks.ts';
import { isJobOfRelease, isKept } from '../settings.ts';
import { resourcesOf } from './resource-of.ts';

/** One rule of a Role: one resource, unless it hands on what a rendered Role gives. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** What a server-side apply needs: to look, to compare, and to create or change. */
const applying = ['get', 'list', 'watch', 'create', 'patch'] as const;

/** What is only looked at to know whether what is applied is healthy. */
const looking = ['get', 'list', 'watch'] as const;

/** What Flux looks at besides an object to know its health, by the object's kind. */
const lookedAt: Readonly<Record<string, readonly (readonly [group: string, resource: string])[]>> = {
  'apps/Deployment': [
    ['apps', 'replicasets'],
    ['', 'pods'],
  ],
  'apps/ReplicaSet': [['', 'pods']],
  'apps/StatefulSet': [['', 'pods']],
};

/**
 * The rights that Flux needs to apply some objects, and no other: those of their kinds, one rule each, and what it looks at to know
 * their health. Secret is never among them, so that none can be read from Git. A kind of which every object is kept may not be deleted:
 * a mark that was removed by mistake must not remove data.
 *
 * @param prunes - whether what leaves the branch is deleted
 */
export function allowedRules(
  objects: readonly KubernetesObject[],
  prunes: boolean,
  everything: readonly KubernetesObject[] = objects,
): readonly RoleRule[] {
  const resourceOf = resourcesOf(everything);
  const rules = new Map<string, { readonly group: string; readonly resource: string; readonly verbs: Set<string> }>();
  const allow = (group: string, resource: string, verbs: readonly string[]): void => {
    const key = `${group}/${resource}`;
    const rule = rules.get(key) ?? { group, resource, verbs: new Set<string>() };
    rules.set(key, rule);
    for (const verb of verbs) rule.verbs.add(verb);
  };
  for (const object of objects) {
    if (object.apiVersion === 'v1' && object.kind === 'Secret') continue;
    const group = apiGroup(object);
    const deletes = isHook(object) || isJobOfRelease(object) || (prunes && !isKept(object));
    allow(group, resourceOf(object), [...applying, ...(deletes ? ['delete'] : [])]);
    for (const [ofGroup, resource] of lookedAt[`${group}/${object.kind}`] ?? []) allow(ofGroup, resource, looking);
  }
  return [
    ...[...rules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { group, resource, verbs }]): RoleRule => ({
        apiGroups: [group],
        resources: [resource],
        verbs: [...applying, 'delete'].filter((verb) => verbs.has(verb)),
      })),
    ...objects.flatMap(handedOn),
  ];
}

const rights = 'rbac.authorization.k8s.io';

/** What somebody must hold who gives it to others: the rules of a Role, and the right to bind the role that a binding names. */
function handedOn(object: KubernetesObject): readonly RoleRule[] {
  if (apiGroup(object) !== rights) return [];
  if (object.kind.endsWith('Role')) return itemsOf(object['rules']) as readonly RoleRule[];
  const [kind, name] = [textOf(valueAt(object, 'roleRef', 'kind')), textOf(valueAt(object, 'roleRef', 'name'))];
  if (!object.kind.endsWith('RoleBinding') || name === undefined) return [];
  const resources = [kind === 'ClusterRole' ? 'clusterroles' : 'roles'];
  return [{ apiGroups: [rights], resources, resourceNames: [name], verbs: ['bind'] }];
}
