import type { KubernetesObject } from '../../../model/application.ts';
import { fieldsOf, itemsOf, valueAt } from '../../../objects/fields.ts';
import { podSpecOf } from './pod-template.ts';

/** The names of the ConfigMaps that containers of an object read once, when they start. */
export function variableConfigs(object: KubernetesObject): ReadonlySet<string> {
  const names = new Set<string>();
  const pod = podSpecOf(object);
  for (const list of ['containers', 'initContainers']) {
    for (const container of itemsOf(pod?.[list])) {
      const { env, envFrom } = fieldsOf(container);
      for (const source of itemsOf(envFrom)) addName(names, fieldsOf(source)['configMapRef']);
      for (const variable of itemsOf(env)) addName(names, fieldsOf(fieldsOf(variable)['valueFrom'])['configMapKeyRef']);
    }
  }
  return names;
}

/** The names of the ConfigMaps that the pods of an object mount as files. */
export function fileConfigs(object: KubernetesObject): ReadonlySet<string> {
  const names = new Set<string>();
  for (const volume of itemsOf(podSpecOf(object)?.['volumes'])) {
    addName(names, fieldsOf(volume)['configMap']);
    for (const source of itemsOf(valueAt(volume, 'projected', 'sources')))
      addName(names, fieldsOf(source)['configMap']);
  }
  return names;
}

function addName(names: Set<string>, reference: unknown): void {
  const { name } = fieldsOf(reference);
  if (typeof name === 'string') names.add(name);
}
