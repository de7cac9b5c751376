import type { Layout, LayoutRequest, Point } from './elk-layout.ts';

/** Space between tracks of one street, and from its edges to the first. */
const track = 5;
const kerb = 10;
/** Lines to many boxes share a street's tracks; more of them would only move the boxes apart. */
const tracks = 8;
const street = 2 * kerb + (tracks - 1) * track;
const labelGap = 3;

/**
 * Places many boxes like the blocks of a town, in rows and columns with streets between them, and leads every line along
 * streets: out below its first box, along, and in above its second. It takes a time that grows with what there is, where a
 * layout that looks for few crossings takes minutes; with hundreds of lines none is without.
 */
export function streetLayout({ boxes, lines }: Pick<LayoutRequest, 'boxes' | 'lines'>): Layout {
  const columns = Math.max(1, Math.round(Math.sqrt(boxes.length)));
  const cells = new Map(
    boxes.map(({ id }, i) => [id, { index: i, row: Math.floor(i / columns), column: i % columns }] as const),
  );
  const [widths, heights]: [number[], number[]] = [[], []];
  const grow = (list: number[], at: number, size: number): number => (list[at] = Math.max(list[at] ?? 0, size));
  for (const { id, width, height } of boxes) {
    const cell = cells.get(id);
    if (cell === undefined) continue;
    grow(widths, cell.column, width);
    grow(heights, cell.row, height);
  }

  // Labels stand above the box that their line leads to.
  const labelHeights: number[] = [];
  const stacks = new Map<string, number>();
  const labelTops = new Map<string, number>();
  for (const { id, to, label } of lines) {
    const cell = cells.get(to);
    if (label === undefined || cell === undefined) continue;
    const top = (stacks.get(to) ?? 0) + label.height + labelGap;
    stacks.set(to, top);
    labelTops.set(id, top);
    grow(widths, cell.column, label.width);
    grow(labelHeights, cell.row, top);
  }

  const lefts = starts(widths, () => street);
  const tops = starts(heights, (row) => street + (labelHeights[row] ?? 0));
  const width = (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + street;
  const height = (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0) + street;
  /** Upper edge of the street above a row; the one below the last row counts too. */
  const streetTop = (row: number): number => (row === 0 ? 0 : (tops[row - 1] ?? 0) + (heights[row - 1] ?? 0));
  const centre = (column: number): number => (lefts[column] ?? 0) + (widths[column] ?? 0) / 2;
  const lane = (index: number): number => kerb + (index % tracks) * track;

  const placed = new Map<string, Point & { readonly bottom: number }>();
  for (const box of boxes) {
    const cell = cells.get(box.id);
    if (cell === undefined) continue;
    const y = tops[cell.row] ?? 0;
    placed.set(box.id, { x: centre(cell.column) - box.width / 2, y, bottom: y + box.height });
  }
  const ways = new Map<string, readonly Point[]>();
  const labels = new Map<string, Point>();
  for (const { id, from, to, label } of lines) {
    const [first, last] = [cells.get(from), cells.get(to)];
    const [start, end] = [placed.get(from), placed.get(to)];
    if (first === undefined || last === undefined || start === undefined || end === undefined) continue;
    const out = { x: centre(first.column), y: streetTop(first.row + 1) + lane(first.index) };
    const into = { x: centre(last.column), y: streetTop(last.row) + lane(last.index) };
    const along = (lefts[last.column] ?? 0) - street + lane(last.index);
    const between =
      first.row + 1 === last.row ? [{ x: out.x, y: into.y }] : [out, { x: along, y: out.y }, { x: along, y: into.y }];
    ways.set(id, [{ x: out.x, y: start.bottom }, ...between, into, { x: into.x, y: end.y }]);
    const top = labelTops.get(id);
    if (label !== undefined && top !== undefined) labels.set(id, { x: into.x - label.width / 2, y: end.y - top });
  }
  return { width: Math.ceil(width), height: Math.ceil(height), boxes: placed, lines: ways, labels };
}

/** Where each row or column begins, behind the street before it. */
function starts(sizes: readonly number[], before: (index: number) => number): readonly number[] {
  let end = 0;
  return sizes.map((size, i) => {
    const start = end + before(i);
    end = start + size;
    return start;
  });
}
