import type { KubernetesObject } from '../../../model/application.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import { describePath, type Path } from '../../../objects/change/path.ts';
import { podMarkerAt } from './pod-annotations.ts';
import { templatePathOf } from './pod-template.ts';
import { treeObjectId, type FieldChange, type ObjectDiff, type PodRestart } from '../tree-diff.ts';

/** Kinds whose running pods follow their template. */
const following: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** An object that stays, in both states, and what differs. */
export interface StayingObject {
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
  readonly diff: ObjectDiff;
  /** Lists of the template that hold the same in another order. */
  readonly reordered: readonly Path[];
}

/** Whether the pods of an object are stopped and started, and why; nothing when they go on running. */
export function restartOf({ before, after, diff, reordered }: StayingObject): PodRestart | undefined {
  const template = following.has(after.kind) ? templatePathOf(after) : undefined;
  if (template === undefined) return undefined;
  const prefix = `${template.join('.')}.`;
  // The pods of a StatefulSet stay when it is deleted with --cascade=orphan, and the new one takes them over.
  const replaced = diff.action === 'recreated' && after.kind !== 'StatefulSet';
  const causes = [
    ...diff.changes.filter(({ path }) => path.startsWith(prefix)).map((change) => causeOf(change, prefix)),
    ...reordered
      .map(describePath)
      .filter((path) => path.startsWith(prefix))
      .map((path) => `order of ${path.slice(prefix.length)}`),
    ...(replaced ? ['re-created'] : []),
  ];
  const pods = podsOf(after);
  if (causes.length === 0 || pods === 0 || podsOf(before) === 0) return undefined;
  return {
    object: treeObjectId(diff),
    owner: diff.owner,
    ...(pods === undefined ? {} : { pods }),
    manner: replaced ? 'byHand' : mannerOf(after, pods),
    causes: [...new Set(causes)],
  };
}

const causeOf = ({ path, words }: FieldChange, prefix: string): string => words ?? path.slice(prefix.length);

/** How many pods an object wants; nothing when an autoscaler or the number of nodes says. */
export function podsOf(object: KubernetesObject): number | undefined {
  return object.kind === 'DaemonSet' ? undefined : numberOf(valueAt(object, 'spec', 'replicas'));
}

function mannerOf(object: KubernetesObject, pods: number | undefined): PodRestart['manner'] {
  if (object.kind === 'Deployment')
    return textOf(valueAt(object, 'spec', 'strategy', 'type')) === 'Recreate' ? 'allAtOnce' : 'rolling';
  if (textOf(valueAt(object, 'spec', 'updateStrategy', 'type')) === 'OnDelete') return 'byHand';
  // A StatefulSet stops a pod before it starts the next.
  return object.kind === 'StatefulSet' && pods === 1 ? 'allAtOnce' : 'rolling';
}

/** Whether a change is of an annotation that only makes new pods because some configuration changed. */
export function isChecksum(object: KubernetesObject, path: Path): boolean {
  const template = templatePathOf(object);
  return template !== undefined && podMarkerAt(path.slice(template.length))?.kind === 'checksum';
}
