import type { KubernetesObject } from '../../../model/application.ts';
import { fieldsOf, valueAt, type Fields } from '../../../objects/fields.ts';

const ofJobs = ['spec', 'jobTemplate', 'spec', 'template'] as const;
const ofOthers = ['spec', 'template'] as const;

/** Where an object's pod template is: `spec.template`, that of a CronJob's jobs, or the object itself for a Pod. */
export function templatePathOf(object: KubernetesObject): readonly string[] | undefined {
  if (object.kind === 'Pod') return [];
  const path = object.kind === 'CronJob' ? ofJobs : ofOthers;
  return Array.isArray(valueAt(object, ...path, 'spec', 'containers')) ? path : undefined;
}

/** The spec of the pods that an object makes; nothing when it makes none. */
export function podSpecOf(object: KubernetesObject): Fields | undefined {
  const path = templatePathOf(object);
  return path === undefined ? undefined : fieldsOf(valueAt(object, ...path, 'spec'));
}
