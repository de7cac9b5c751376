import type { KubernetesObject } from '../../../model/application.ts';
import { itemsOf, textsOf, valueAt } from '../../../objects/fields.ts';
import type { EngineAtSetUp, KindInUse } from '../../engine-at-set-up.ts';
import { resourceOfKind } from '../account/resource-of.ts';
import { rightsApi } from '../account/account.ts';
import { kustomizeApi } from '../settings.ts';
import { looksAfter } from './tracking.ts';

export const asksInUse: EngineAtSetUp['asksInUse'] = ({ limits: name, environmentNamespace }) => ({
  limits: [
    { apiVersion: rightsApi, kind: 'Role', name, namespace: environmentNamespace },
    { apiVersion: rightsApi, kind: 'ClusterRole', name },
  ],
  watched: { apiVersion: kustomizeApi, kind: 'Kustomization' },
});

const allows = (rule: unknown, group: string, resource: string): boolean =>
  textsOf(valueAt(rule, 'apiGroups')).includes(group) && textsOf(valueAt(rule, 'resources')).includes(resource);

/** Kinds that a Role allows to change, where a Kustomization that applies with it looks after an object. */
export const kindsInUse: EngineAtSetUp['kindsInUse'] = (limits, kustomizations) => {
  const looked = kustomizations
    .filter((each) => valueAt(each, 'spec', 'serviceAccountName') === limits[0]?.metadata.name)
    .flatMap(looksAfter);
  const kinds = new Map(looked.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
  return limits.flatMap((role) =>
    [...kinds.values()]
      .filter(({ group, kind }) => itemsOf(role['rules']).some((rule) => allows(rule, group, resourceOfKind(kind))))
      .map(({ group, kind }): KindInUse => ({ list: role.kind, group, kind })),
  );
};

/**
 * Lets the Roles go on allowing the kinds that Flux still looks after. Without the right to delete an object it does not prune it, and the
 * whole Kustomization is not Ready.
 */
export const keepInUse: EngineAtSetUp['keepInUse'] = (bootstrap, name, inUse) => {
  const kinds: string[] = [];
  const objects = bootstrap.map((object): KubernetesObject => {
    if (object.apiVersion !== rightsApi || object.metadata.name !== name) return object;
    const rules = [...itemsOf(object['rules'])];
    const known = rules.length;
    for (const { list, group, kind } of inUse) {
      const resource = resourceOfKind(kind);
      if (object.kind !== list || rules.some((rule) => allows(rule, group, resource))) continue;
      rules.push({ apiGroups: [group], resources: [resource], verbs: ['get', 'list', 'watch', 'patch', 'delete'] });
      kinds.push(group === '' ? kind : `${kind}.${group}`);
    }
    return rules.length === known ? object : { ...object, rules };
  });
  return { objects, kinds };
};

export const keeping: EngineAtSetUp['keeping'] = ({ limits, environmentNamespace }, kinds) =>
  `Role ${environmentNamespace}/${limits} keeps allowing ${kinds.join(', ')}: Flux still looks after one, and could not prune it`;
