import type { Element } from 'hast';
import { changedLines, headline, isLines, ownerWords } from '../../review/diff/format/describe-diff.ts';
import { cut, showValue, visible } from '../../review/diff/format/visible.ts';
import type { Action, FieldChange, ObjectDiff } from '../../review/diff/tree-diff.ts';
import { h } from '../look/element.ts';
import { badge } from '../look/nodes.ts';
import type { ObjectTexts } from './review.ts';
import { yamlSides } from './yaml-sides.ts';

const mostFields = 200;
const mostValue = 2000;

const kinds: Readonly<Record<Action, Parameters<typeof badge>[0]>> = {
  created: 'good',
  changed: 'quiet',
  recreated: 'bad',
  renamed: 'warn',
  removed: 'bad',
};

/** An object of a diff, folded: what changes in words, then both sides. @param texts - @default - its YAML is left out */
export function objectNode(object: ObjectDiff, texts: ObjectTexts | undefined): Element {
  const about = object.changes.map((change) => ownerWords(object, change)).find((words) => words !== undefined);
  const more = object.changes.length > 1 ? ` and ${object.changes.length - 1} more` : '';
  return h(
    'details',
    { class: 'object' },
    h(
      'summary',
      {},
      badge(kinds[object.action], object.action === 'recreated' ? 're-created' : object.action),
      ' ',
      h('code', {}, visible(headline(object))),
      ...(about === undefined ? [] : [h('span', { class: 'quiet' }, ` ${cut(visible(about), 200)}${more}`)]),
    ),
    h(
      'ul',
      {},
      ...object.remarks.map((remark) => h('li', {}, visible(remark))),
      ...object.changes.slice(0, mostFields).map((change) => h('li', {}, ...fieldWords(object, change))),
      ...(object.changes.length > mostFields
        ? [h('li', {}, `and ${object.changes.length - mostFields} more fields`)]
        : []),
    ),
    ...(object.path === undefined ? [] : [h('p', { class: 'quiet' }, h('code', {}, visible(object.path)))]),
    ...(texts === undefined ? [] : [yamlSides(texts)]),
  );
}

function fieldWords(object: ObjectDiff, change: FieldChange): readonly (Element | string)[] {
  const { path, before, after, hidden, immutable } = change;
  const words = ownerWords(object, change);
  if (words !== undefined) return [cut(visible(words), mostValue)];
  const place = h('code', {}, visible(path));
  const end = `${hidden === true && before === after ? ' (values hidden)' : ''}${immutable === undefined ? '' : ` (cannot change in place: ${visible(immutable)})`}`;
  const show = (value: unknown): Element => h('code', {}, cut(showValue(value), mostValue));
  if (isLines(change)) return [place, `: ${lineCount(change)}${end}`];
  if (before === undefined) return [place, ': ', show(after), ` added${end}`];
  if (after === undefined) return [place, ': ', show(before), ` removed${end}`];
  return [place, ': ', show(before), ' → ', show(after), end];
}

function lineCount(change: FieldChange): string {
  const count = changedLines(change).filter((line) => line !== undefined && line.sign !== ' ').length;
  return count === 1 ? '1 line differs' : `${count} lines differ`;
}
