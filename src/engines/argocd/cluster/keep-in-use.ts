import { itemsOf } from '../../../objects/fields.ts';
import { listAt, textAt } from '../../../objects/fields-at.ts';
import type { EngineAtSetUp, KindInUse } from '../../engine-at-set-up.ts';
import { argoApi } from '../settings.ts';

export const asksInUse: EngineAtSetUp['asksInUse'] = ({ namespace, limits: name }) => ({
  limits: [{ apiVersion: argoApi, kind: 'AppProject', name, namespace }],
  watched: { apiVersion: argoApi, kind: 'Application' },
});

/** Kinds that an AppProject allows, where one of its Applications tracks an object. */
export const kindsInUse: EngineAtSetUp['kindsInUse'] = ([project], applications) => {
  if (project === undefined) return [];
  const tracked = new Set(
    applications
      .filter((application) => textAt(application, 'spec', 'project') === project.metadata.name)
      .flatMap((application) => listAt(application, 'status', 'resources'))
      .map((resource) => `${textAt(resource, 'kind')}.${textAt(resource, 'group')}`),
  );
  return ['clusterResourceWhitelist', 'namespaceResourceWhitelist'].flatMap((list) =>
    listAt(project, 'spec', list)
      .map((entry): KindInUse => ({ list, group: textAt(entry, 'group'), kind: textAt(entry, 'kind') }))
      .filter(({ group, kind }) => tracked.has(`${kind}.${group}`)),
  );
};

/**
 * Lets an AppProject go on allowing the kinds that its Applications still track. Argo CD does not see an object of a kind that is not
 * allowed: it would run on for ever under "Synced, Healthy".
 */
export const keepInUse: EngineAtSetUp['keepInUse'] = (bootstrap, project, inUse) => {
  const kinds: string[] = [];
  const objects = bootstrap.map((object) => {
    if (object.kind !== 'AppProject' || object.metadata.name !== project) return object;
    const spec = { ...(object['spec'] as Readonly<Record<string, unknown>>) };
    for (const { list, group, kind } of inUse) {
      const allowed = itemsOf(spec[list]);
      if (allowed.some((one) => textAt(one, 'group') === group && textAt(one, 'kind') === kind)) continue;
      spec[list] = [...allowed, { group, kind }];
      kinds.push(group === '' ? kind : `${kind}.${group}`);
    }
    return { ...object, spec };
  });
  return { objects, kinds };
};

export const keeping: EngineAtSetUp['keeping'] = ({ namespace, limits }, kinds) =>
  `AppProject ${namespace}/${limits} keeps allowing ${kinds.join(', ')}: Argo CD still runs one, and would forget it`;
