import type { Element } from 'hast';
import { diffLines, type DiffLine } from '../../objects/change/line-diff.ts';
import { visible } from '../../review/diff/format/visible.ts';
import { h } from '../look/element.ts';
import type { ObjectTexts } from './review.ts';

/** Lines that are shown around a change without being asked for. */
const around = 3;

/** A line on both sides; on one it may be missing. */
interface Row {
  readonly before?: string;
  readonly after?: string;
}

/** An object side by side, before and after. What does not change is folded but for some lines around what does. */
export function yamlSides({ before, after }: ObjectTexts): Element {
  if (before === undefined || after === undefined)
    return h('pre', { tabindex: 0, class: before === undefined ? 'come' : 'gone' }, visible(before ?? after ?? ''));
  // The end of the last line is no line of its own.
  const rows = rowsOf(diffLines(before.replace(/\n$/, ''), after.replace(/\n$/, '')));
  const near = (i: number): boolean => rows.slice(Math.max(0, i - around), i + around + 1).some(differs);
  const parts: Element[] = [];
  for (let start = 0; start < rows.length;) {
    const shown = near(start);
    let end = start + 1;
    while (end < rows.length && near(end) === shown) end++;
    const part = rows.slice(start, end).map(rowNode);
    const count = end - start;
    parts.push(
      shown
        ? h('div', {}, ...part)
        : h('details', {}, h('summary', {}, count === 1 ? '1 line as it is' : `${count} lines as they are`), ...part),
    );
    start = end;
  }
  return h('div', { class: 'sides', role: 'group', 'aria-label': 'Before and after', tabindex: 0 }, ...parts);
}

const differs = ({ before, after }: Row): boolean => before !== after;

/** Lines beside each other: of a run of lines that go and come, the first with the first. */
function rowsOf(lines: readonly DiffLine[]): readonly Row[] {
  const rows: Row[] = [];
  const [gone, come]: [string[], string[]] = [[], []];
  const flush = (): void => {
    for (let i = 0; i < Math.max(gone.length, come.length); i++) {
      const [before, after] = [gone[i], come[i]];
      rows.push({ ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
    }
    gone.length = 0;
    come.length = 0;
  };
  for (const { sign, text } of lines) {
    if (sign === '-') gone.push(text);
    else if (sign === '+') come.push(text);
    else {
      flush();
      rows.push({ before: text, after: text });
    }
  }
  flush();
  return rows;
}

const rowNode = (row: Row): Element =>
  h(
    'div',
    { class: 'row' },
    side(row.before, differs(row) ? 'del' : 'span'),
    side(row.after, differs(row) ? 'ins' : 'span'),
  );

const side = (text: string | undefined, tag: 'del' | 'ins' | 'span'): Element =>
  text === undefined ? h('span', { class: 'none' }) : h(tag, {}, visible(text) === '' ? ' ' : visible(text));
