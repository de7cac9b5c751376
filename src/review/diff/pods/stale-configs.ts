import type { KubernetesObject } from '../../../model/application.ts';
import { variableConfigs } from './used-configs.ts';
import type { ObjectDiff, PodRestart } from '../tree-diff.ts';

/** Kinds whose pods run until somebody stops them. */
const lasting: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Adds to ConfigMaps with changed data whose pods go on with the old values, because nothing restarts them. */
export function withStaleConfigs(
  diffs: readonly ObjectDiff[],
  restarts: readonly PodRestart[],
  objects: Iterable<KubernetesObject>,
): readonly ObjectDiff[] {
  const isChanged = ({ kind, action, changes }: ObjectDiff): boolean =>
    kind === 'ConfigMap' && action === 'changed' && changes.some(({ path }) => /^(?:data|binaryData)\b/.test(path));
  const changed = new Set(diffs.filter(isChanged).map(({ namespace, name }) => `${namespace ?? ''}/${name}`));
  if (changed.size === 0) return diffs;
  const restarting = new Set(restarts.map(({ object }) => object));
  const users = new Map<string, string[]>();
  for (const object of objects) {
    if (!lasting.has(object.kind)) continue;
    const id = `${object.kind}/${object.metadata.name}`;
    if (restarting.has(id)) continue;
    for (const config of variableConfigs(object)) {
      const key = `${object.metadata.namespace ?? ''}/${config}`;
      if (!changed.has(key)) continue;
      const known = users.get(key);
      if (known === undefined) users.set(key, [id]);
      else known.push(id);
    }
  }
  return diffs.map((diff) => {
    const stale = isChanged(diff) ? users.get(`${diff.namespace ?? ''}/${diff.name}`) : undefined;
    return stale === undefined
      ? diff
      : {
          ...diff,
          remarks: [...diff.remarks, `running pods of ${stale.join(', ')} keep the old values until they restart`],
        };
  });
}
