import type { KubernetesObject } from '../../model/application.ts';
import type { KubernetesLine } from '../../model/environment.ts';
import type { EnginePlugin } from '../../engines/engine.ts';
import { immutableChanges } from '../../objects/immutable-changes.ts';
import { valueAt } from '../../objects/fields.ts';
import { deleteLine } from './removal.ts';
import { comparableQuantity } from './compare/same-value.ts';

/** A field that the API server refuses to change, and what to do. */
export interface RefusedChange {
  /** E.g. `spec.selector`; every field below it counts. */
  readonly field: string;
  readonly advice: string;
}

/**
 * The fields in which two states of an object differ and which the API server does not let change.
 *
 * @param engine - who may make an object anew
 */
export function refusalsOf(
  before: KubernetesObject,
  after: KubernetesObject,
  line: KubernetesLine,
  engine: Pick<EnginePlugin, 'remakes'>,
): readonly RefusedChange[] {
  if (engine.remakes(after)) return [];
  return immutableChanges(before, after, line).filter(({ field }) => !(field === claimSize && grows(before, after)));
}

/** Why a path cannot change in place, when it cannot. */
export const refusalAt = (refusals: readonly RefusedChange[], path: string): RefusedChange | undefined =>
  refusals.find(({ field }) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));

const claimSize = 'spec.resources.requests.storage';

/** A claim that grows is no new claim where its StorageClass allows expansion. */
function grows(before: KubernetesObject, after: KubernetesObject): boolean {
  const [old, now] = [before, after].map((object) =>
    comparableQuantity(valueAt(object, 'spec', 'resources', 'requests', 'storage')),
  );
  return old !== undefined && now !== undefined && now > old;
}

/** What a person does so that an object can be made again. Where data would go, no line to copy. */
export function recreationRemark(object: KubernetesObject): string {
  const waits = 'the sync fails until it is deleted by hand';
  if (object.kind === 'PersistentVolumeClaim' || object.kind === 'PersistentVolume')
    return `${waits}; its data goes with it, so save the data first`;
  if (object.kind === 'StatefulSet')
    return `${waits}, its pods and claims can stay: ${deleteLine(object, '--cascade=orphan')}`;
  return `${waits}: ${deleteLine(object)}`;
}

/** Whether a changed claim only grows, and what that needs. */
export const growthRemark = (before: KubernetesObject, after: KubernetesObject): readonly string[] =>
  after.kind === 'PersistentVolumeClaim' && grows(before, after)
    ? ['grows in place only where its StorageClass allows expansion']
    : [];
