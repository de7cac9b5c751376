import type { FieldChange } from '../tree-diff.ts';

/** How many changes one sentence names. */
const most = 3;

/** Changes in one sentence: the first few, and how many more there are. */
export function saidOf(changes: readonly FieldChange[]): string {
  const said = changes.slice(0, most).map(({ words, path }) => words ?? `${path} changes`);
  return [...said, ...(changes.length > most ? [`${changes.length - most} more`] : [])].join(', ');
}
