import { placesOf, textOf, valueAt } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import type { PodContainer, Workload } from './workload.ts';

/**
 * The value of a container's environment variable, as Kubernetes works it out: an entry of `env` wins, then the last source.
 *
 * @returns undefined where nothing sets it, or where only the cluster knows it
 */
export function variableOf(
  objects: ObjectIndex,
  { namespace }: Workload,
  { fields, variables }: PodContainer,
  name: string,
): string | undefined {
  const own = variables.filter((variable) => variable.fields['name'] === name).at(-1);
  if (own !== undefined) {
    const source = valueAt(own.fields, 'valueFrom', 'configMapKeyRef');
    if (source === undefined) return textOf(own.fields['value']);
    const map = objects.find('ConfigMap', textOf(valueAt(source, 'name')) ?? '', namespace);
    return textOf(valueAt(map?.object, 'data', textOf(valueAt(source, 'key')) ?? ''));
  }
  return placesOf(fields['envFrom'], '')
    .map((source) => {
      const map = objects.find('ConfigMap', textOf(valueAt(source.fields, 'configMapRef', 'name')) ?? '', namespace);
      const prefix = textOf(source.fields['prefix']) ?? '';
      return name.startsWith(prefix) ? textOf(valueAt(map?.object, 'data', name.slice(prefix.length))) : undefined;
    })
    .findLast((value) => value !== undefined);
}
