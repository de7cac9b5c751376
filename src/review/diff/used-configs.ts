import type { KubernetesObject } from '../../model/application.ts';
import { itemsOf, textOf, valueAt } from '../checks/objects/fields.ts';
import { podSpecOf } from './pod-template.ts';

/** ConfigMaps that the pods of an object use, by how. */
export interface UsedConfigs {
  /** Read once, when a container starts. */
  readonly asVariables: ReadonlySet<string>;
  /** Mounted as files. */
  readonly asFiles: ReadonlySet<string>;
}

/** The names of the ConfigMaps that the pods of an object use. */
export function usedConfigs(object: KubernetesObject): UsedConfigs {
  const pod = podSpecOf(object);
  const containers = [...itemsOf(pod?.['containers']), ...itemsOf(pod?.['initContainers'])];
  const volumes = itemsOf(pod?.['volumes']);
  const names = (values: readonly unknown[]): ReadonlySet<string> => new Set(values.flatMap((value) => textOf(value) ?? []));
  return {
    asVariables: names(
      containers.flatMap((container) => [
        ...itemsOf(valueAt(container, 'envFrom')).map((source) => valueAt(source, 'configMapRef', 'name')),
        ...itemsOf(valueAt(container, 'env')).map((variable) => valueAt(variable, 'valueFrom', 'configMapKeyRef', 'name')),
      ]),
    ),
    asFiles: names(
      volumes.flatMap((volume) => [
        valueAt(volume, 'configMap', 'name'),
        ...itemsOf(valueAt(volume, 'projected', 'sources')).map((source) => valueAt(source, 'configMap', 'name')),
      ]),
    ),
  };
}
