import type { EdgeKind, Graph, NodeKind } from './graph.ts';
import { fontSizes } from './node-shape.ts';
import { textWidth } from './text-width.ts';

/** What a sign of the legend looks like: a line, a box or the sign of a course. */
export type LegendSign =
  { readonly line: EdgeKind } | { readonly box: NodeKind } | { readonly course: 'open' | 'gated' };

/** One sign and what it means, at its place. */
export interface LegendItem {
  readonly sign: LegendSign;
  readonly text: string;
  /** Left end of the sign. */
  readonly x: number;
  /** Middle of the row. */
  readonly y: number;
}

/** The signs of a picture, in rows. */
export interface Legend {
  readonly items: readonly LegendItem[];
  readonly height: number;
}

/** Width of a sign, and the space before its text. */
export const signWidth = 26;
const space = 7;
const between = 18;
const rowHeight = 26;

const meanings: readonly { readonly sign: LegendSign; readonly text: string }[] = [
  { sign: { course: 'open' }, text: 'moves by itself' },
  { sign: { course: 'gated' }, text: 'gated' },
  { sign: { line: 'route' }, text: 'comes in' },
  { sign: { line: 'connection' }, text: 'talks to' },
  { sign: { line: 'internet' }, text: 'goes out' },
  { sign: { line: 'mount' }, text: 'mounts' },
  { sign: { line: 'backup' }, text: 'dumps to' },
  { sign: { box: 'foreign' }, text: 'foreign image' },
  { sign: { box: 'group' }, text: 'several, folded' },
];

/** Explains the signs that a graph's picture has, in rows of at most a width. */
export function legendOf(graph: Graph, left: number, top: number, width: number): Legend {
  const used = meanings.filter(({ sign }) => isUsed(graph, sign));
  let [x, y] = [left, top + rowHeight / 2];
  const items = used.map(({ sign, text }): LegendItem => {
    const length = signWidth + space + textWidth(text, fontSizes.label);
    if (x > left && x + length > left + width) [x, y] = [left, y + rowHeight];
    const item = { sign, text, x, y };
    x += length + between;
    return item;
  });
  return { items, height: items.length === 0 ? 0 : y + rowHeight / 2 - top };
}

/** Where the text of an item begins. */
export const textStart = ({ x }: LegendItem): number => x + signWidth + space;

function isUsed({ courses, harbours }: Graph, sign: LegendSign): boolean {
  if ('course' in sign) return courses.some(({ gate }) => (gate === undefined) === (sign.course === 'open'));
  if ('line' in sign) return harbours.some(({ edges }) => edges.some(({ kind }) => kind === sign.line));
  return harbours.some(({ nodes }) => nodes.some(({ kind }) => kind === sign.box));
}
