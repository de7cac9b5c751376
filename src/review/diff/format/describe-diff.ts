import { aroundChanges, diffLines, type DiffLine } from '../../../objects/change/line-diff.ts';
import {
  treeObjectId,
  type Action,
  type FieldChange,
  type ObjectDiff,
  type PodRestart,
  type Risk,
  type TreeDiff,
} from '../tree-diff.ts';

/** What people read of a diff, whatever it is printed on. Nothing here is escaped or cut. */

/** The line for trees that are the same. */
export const noChanges = 'no manifest changes';

const verbs: Readonly<Record<Action, string>> = {
  recreated: 're-created',
  removed: 'removed',
  renamed: 'renamed',
  changed: 'changed',
  created: 'created',
};

/** How many objects have which fate, e.g. `3 objects: 1 removed, 2 changed`. */
export function countObjects({ objects }: TreeDiff): string {
  const parts = (Object.keys(verbs) as Action[]).flatMap((action) => {
    const count = objects.filter((object) => object.action === action).length;
    return count === 0 ? [] : [`${count} ${verbs[action]}`];
  });
  if (objects.length === 0) return noChanges;
  return `${objects.length === 1 ? '1 object' : `${objects.length} objects`}: ${parts.join(', ')}`;
}

/** The risk in one line, e.g. `data at stake (1), traffic at stake (2), CPU requests 1.5 → 2`. */
export function riskLine(risk: Risk): string {
  const counted = (label: string, notes: readonly unknown[]): readonly string[] =>
    notes.length === 0 ? [] : [`${label} (${notes.length})`];
  const parts = [
    ...counted('data at stake', risk.data),
    ...counted('traffic at stake', risk.traffic),
    ...counted('security loosened', risk.security),
    ...capacityParts(risk),
  ];
  return parts.length === 0 ? 'nothing at stake: no data, no traffic, no security, no capacity' : parts.join(', ');
}

/** The totals that move, e.g. `CPU requests 1.5 → 2`. */
export function capacityParts({ capacity: { cpu, memory, storage } }: Risk): readonly string[] {
  return [
    ...(cpu === undefined ? [] : [`CPU requests ${cpu.words}`]),
    ...(memory === undefined ? [] : [`memory requests ${memory.words}`]),
    ...(storage === undefined ? [] : [`storage ${storage.words}`]),
  ];
}

/** What comes before the branch and what after it, in words; nothing where no order matters. */
export function orderLines({ order = [] }: TreeDiff): readonly string[] {
  const words = (when: 'before' | 'after'): readonly string[] =>
    order
      .filter((step) => step.when === when)
      .map(({ message, hurts }) => `${when} the branch: ${message}${hurts === undefined ? '' : `; ${hurts}`}`);
  return [...words('before'), ...words('after')];
}

/** The notes of a risk under their headings, without those that have none. */
export function riskSections({ data, traffic, security }: Risk): readonly {
  readonly title: string;
  readonly lines: readonly { readonly object: string; readonly message: string }[];
}[] {
  const sections = [
    { title: 'data at stake', lines: data },
    { title: 'traffic at stake', lines: traffic },
    { title: 'security loosened', lines: security },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

const manners: Readonly<Record<PodRestart['manner'], string>> = {
  rolling: 'some at a time',
  allAtOnce: 'all at once',
  byHand: 'once somebody deletes them',
};

/** A restart in one line, without whose it is: `2 pods, some at a time: image v1.2 → v1.3`. */
export function restartWords({ pods, manner, causes }: PodRestart): string {
  const count = pods === undefined ? 'its pods' : pods === 1 ? '1 pod' : `${pods} pods`;
  return `${count}${pods === 1 && manner !== 'byHand' ? '' : `, ${manners[manner]}`}: ${causes.join(', ')}`;
}

/** The object and what happens to it, e.g. `StatefulSet/dev-orders-db (dev): must be re-created`. */
export function headline(diff: ObjectDiff): string {
  const what: Readonly<Record<Action, string>> = {
    created: 'created',
    changed: '',
    recreated: 'must be re-created',
    renamed: `renamed from ${diff.renamedFrom ?? ''}: would be removed and created`,
    removed: 'removed',
  };
  return [treeObjectId(diff), what[diff.action]].filter((part) => part !== '').join(': ');
}

/** A change in the owner's words, e.g. `orders: image v1.2 → v1.3`; nothing where there are none. */
export function ownerWords(
  { owner }: ObjectDiff,
  { words, immutable, hidden, before, after }: FieldChange,
): string | undefined {
  if (words === undefined) return undefined;
  const masked =
    hidden === true && before !== undefined && after !== undefined && !words.includes('(hidden)')
      ? ' (values hidden)'
      : '';
  return `${owner}: ${words}${masked}${immutable === undefined ? '' : ' (cannot change in place)'}`;
}

/** The lines of a text that differ and what is around them; `undefined` stands where lines are left out. */
export function changedLines({ before, after }: FieldChange): readonly (DiffLine | undefined)[] {
  const [left, right] = [String(before), String(after)];
  // The end of the last line is no line of its own.
  const ended = left.endsWith('\n') && right.endsWith('\n');
  return aroundChanges(ended ? diffLines(left.slice(0, -1), right.slice(0, -1)) : diffLines(left, right));
}

/** Whether a change is of a text of several lines, which is shown line by line. */
export const isLines = ({ before, after }: FieldChange): boolean =>
  typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n');
