import { textOf } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import type { RenderedObject } from '../rendered-object.ts';
import type { Workload } from './workload.ts';

/** A rendered object without which a workload's pods do not start. */
export interface NeededObject {
  readonly kind: string;
  readonly name: string;
  /** Path of the field that names it. */
  readonly field: string;
  readonly made: RenderedObject;
}

/** The rendered objects that a workload's pods need: what they refer to, and their service account. */
export function neededObjects(objects: ObjectIndex, workload: Workload): readonly NeededObject[] {
  const account = textOf(workload.pod['serviceAccountName']);
  const needs = [
    ...objects.references(workload),
    ...(account === undefined
      ? []
      : [{ kind: 'ServiceAccount', name: account, field: `${workload.specPath}.serviceAccountName` }]),
  ];
  return needs.flatMap(({ kind, name, field }) => {
    const made = objects.find(kind, name, workload.namespace);
    return made === undefined ? [] : [{ kind, name, field, made }];
  });
}
