import type { KubernetesObject } from '../../../model/application.ts';
import { listAt, textAt } from '../../../objects/fields-at.ts';
import { numberOf, valueAt } from '../../../objects/fields.ts';

/** What a controller says of an object, in one respect. */
export interface Condition {
  /** `True`, `False`, `Unknown`; empty where nothing was said yet. */
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Whether it was said of the object as it is now, not as it was before its last change. */
  readonly isCurrent: boolean;
}

/**
 * A condition of an object. It says itself which generation it is about: `status.observedGeneration` is raised by a change that was never
 * looked at, while the object is suspended.
 */
export function conditionOf(object: KubernetesObject, type: string): Condition {
  const found = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === type);
  const about =
    numberOf(valueAt(found, 'observedGeneration')) ?? numberOf(valueAt(object, 'status', 'observedGeneration'));
  return {
    status: textAt(found, 'status'),
    reason: textAt(found, 'reason'),
    message: readable(textAt(found, 'message')),
    isCurrent: found !== undefined && about === generationOf(object),
  };
}

/** Which change of its `spec` an object is at. */
export const generationOf = ({ metadata }: KubernetesObject): number | undefined =>
  numberOf(valueAt(metadata, 'generation'));

/** A message without the folder of the controller in which it unpacked the commit, and without blank lines. */
const readable = (message: string): string => message.replaceAll(/\S*\/kustomization-\d+\//g, '').trim();

/** Commit in what Flux calls a revision, e.g. `env/dev@sha1:5fefc64…`; nothing where there is none yet. */
export const commitIn = (revision: string): string | undefined => /@sha(?:1|256):([0-9a-f]+)$/.exec(revision)?.[1];

/** Whether an object is told to do nothing for now. */
export const isSuspended = ({ spec }: KubernetesObject): boolean => valueAt(spec, 'suspend') === true;
