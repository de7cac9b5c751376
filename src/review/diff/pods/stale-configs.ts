import type { ObjectDiff, PodRestart } from '../tree-diff.ts';
import type { TreeObject } from '../tree-object.ts';
import { variableConfigs } from './used-configs.ts';

/** Kinds whose pods run until somebody stops them. */
const lastingKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
const lasting: ReadonlySet<string> = new Set(lastingKinds);

/** Adds to ConfigMaps with changed data whose pods go on with the old values, because nothing restarts them. */
export function withStaleConfigs(
  diffs: readonly ObjectDiff[],
  restarts: readonly PodRestart[],
  tree: readonly TreeObject[],
): readonly ObjectDiff[] {
  const isChanged = ({ kind, action, changes }: ObjectDiff): boolean =>
    kind === 'ConfigMap' && action === 'changed' && changes.some(({ path }) => /^(?:data|binaryData)\b/.test(path));
  const changed = new Set(diffs.filter(isChanged).map(({ namespace, name }) => `${namespace ?? ''}/${name}`));
  if (changed.size === 0) return diffs;
  const restarting = new Set(restarts.map(({ object }) => object));
  const names = new Set(diffs.filter(isChanged).map(({ name }) => name));
  const users = new Map<string, string[]>();
  for (const item of tree) {
    if (item.text !== undefined && !mayUse(item.text, names)) continue;
    const { object } = item;
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

/** Names up to which looking for each is quicker than looking each word up. */
const FEW = 50;

/** Whether a file may hold such a workload, which names one of these: most do not, and need not be parsed. */
function mayUse(text: string, names: ReadonlySet<string>): boolean {
  if (!lastingKinds.some((kind) => text.includes(kind))) return false;
  if (names.size <= FEW) {
    for (const name of names) if (text.includes(name)) return true;
    return false;
  }
  for (const [word] of text.matchAll(/[a-z0-9][a-z0-9.-]*/g)) if (names.has(word)) return true;
  return false;
}
