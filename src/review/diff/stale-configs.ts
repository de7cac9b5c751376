import type { KubernetesObject } from '../../model/application.ts';
import { usedConfigs } from './used-configs.ts';
import type { ObjectDiff, PodRestart } from './tree-diff.ts';

/** Kinds whose pods run until somebody stops them. */
const lasting: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Adds to changed ConfigMaps whose pods go on with the old values, because nothing restarts them. */
export function withStaleConfigs(diffs: readonly ObjectDiff[], restarts: readonly PodRestart[], objects: Iterable<KubernetesObject>): readonly ObjectDiff[] {
  const isChanged = ({ kind, action }: ObjectDiff): boolean => kind === 'ConfigMap' && action === 'changed';
  if (!diffs.some(isChanged)) return diffs;
  const restarting = new Set(restarts.map(({ object }) => object));
  const users = new Map<string, string[]>();
  for (const object of objects) {
    const id = `${object.kind}/${object.metadata.name}`;
    if (!lasting.has(object.kind) || restarting.has(id)) continue;
    for (const config of usedConfigs(object).asVariables) {
      const key = `${object.metadata.namespace ?? ''}/${config}`;
      users.set(key, [...(users.get(key) ?? []), id]);
    }
  }
  return diffs.map((diff) => {
    const stale = isChanged(diff) ? users.get(`${diff.namespace ?? ''}/${diff.name}`) : undefined;
    return stale === undefined ? diff : { ...diff, remarks: [...diff.remarks, `running pods of ${stale.join(', ')} keep the old values until they restart`] };
  });
}
