import type { Point } from './elk-layout.ts';

/** A sideways step shorter than this looks like a mistake. */
const jog = 10;

/**
 * Takes small sideways steps out of a line of straight parts, by moving the end beside the step: a box is wide enough that
 * nobody sees where exactly a line meets it.
 */
export function straighten(points: readonly Point[]): readonly Point[] {
  for (let i = 1; i + 2 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    if (from === undefined || from.y !== to?.y || Math.abs(from.x - to.x) > jog) continue;
    if (i === 1)
      return straighten(
        points.slice(2).map((point, at) => (at === 0 ? { x: to.x, y: points[0]?.y ?? point.y } : point)),
      );
    if (i + 2 === points.length - 1) return [...points.slice(0, i), { x: from.x, y: points[i + 2]?.y ?? from.y }];
  }
  return points;
}
