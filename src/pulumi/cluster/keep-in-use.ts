import type { KubernetesObject } from '../../model/application.ts';
import type { KindInUse } from './cluster-facts.ts';

/** `bootstrap/` as it is applied now, and the kinds that are allowed for a last time, as `Kind` or `Kind.group`. */
export interface Kept {
  readonly objects: readonly KubernetesObject[];
  readonly kinds: readonly string[];
}

/**
 * Lets an AppProject go on allowing the kinds that its Applications still track. Argo CD does not see an object of a kind that is not
 * allowed: it would run on for ever under "Synced, Healthy".
 */
export function keepInUse(bootstrap: readonly KubernetesObject[], project: string, inUse: readonly KindInUse[]): Kept {
  const kinds: string[] = [];
  const objects = bootstrap.map((object) => {
    if (object.kind !== 'AppProject' || object.metadata.name !== project) return object;
    const spec = { ...(object['spec'] as Readonly<Record<string, unknown>>) };
    for (const { list, group, kind } of inUse) {
      const allowed = Array.isArray(spec[list]) ? (spec[list] as readonly Readonly<Record<string, unknown>>[]) : [];
      if (allowed.some((one) => one['group'] === group && one['kind'] === kind)) continue;
      spec[list] = [...allowed, { group, kind }];
      kinds.push(group === '' ? kind : `${kind}.${group}`);
    }
    return { ...object, spec };
  });
  return { objects, kinds };
}
