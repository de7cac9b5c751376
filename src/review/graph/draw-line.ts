import type { Point } from './layout/elk-layout.ts';

/** How far before a corner a line begins to turn. */
const turn = 7;
const arrowLength = 9;

/** A line along points as SVG path data, with round corners. It stops short of its end by `gap`, where an arrow stands. */
export function linePath(points: readonly Point[], gap = 0): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  let path = `M${place(start)}`;
  rest.forEach((corner, i) => {
    const before = points[i] ?? start;
    const after = rest[i + 1];
    if (after === undefined) path += `L${place(towards(corner, before, gap))}`;
    else path += `L${place(towards(corner, before, turn))}Q${place(corner)} ${place(towards(corner, after, turn))}`;
  });
  return path;
}

/** The head of an arrow at the end of a line, as points of a polygon. */
export function arrowHead(points: readonly Point[], half = 4.5): string {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return '';
  const [dx, dy] = direction(before, end);
  const back = { x: end.x - dx * arrowLength, y: end.y - dy * arrowLength };
  return [end, { x: back.x - dy * half, y: back.y + dx * half }, { x: back.x + dy * half, y: back.y - dx * half }]
    .map(place)
    .join(' ');
}

/** The point in the middle of the longest straight part of a line. */
export function middleOf(points: readonly Point[]): Point {
  let [longest, middle]: [number, Point] = [-1, points[0] ?? { x: 0, y: 0 }];
  points.slice(1).forEach((to, i) => {
    const from = points[i] ?? to;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length > longest) [longest, middle] = [length, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }];
  });
  return middle;
}

/** A point on the way from one to another, at most half of the way. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function direction(from: Point, to: Point): readonly [number, number] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return length === 0 ? [0, 1] : [(to.x - from.x) / length, (to.y - from.y) / length];
}

const place = ({ x, y }: Point): string => `${number(x)},${number(y)}`;

/** A coordinate with at most one decimal. */
export const number = (value: number): string => String(Math.round(value * 10) / 10);
