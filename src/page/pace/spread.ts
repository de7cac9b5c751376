import { quantileSorted } from 'd3-array';

/** How values lie: never a lone number. */
export interface Spread {
  /** How many values there are. */
  readonly count: number;
  readonly median: number;
  /** A quarter lies below. */
  readonly lower: number;
  /** A quarter lies above. */
  readonly upper: number;
}

/** Median and quarters of some values; nothing where there are none. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((part) => quantileSorted(sorted, part));
  if (lower === undefined || median === undefined || upper === undefined) return undefined;
  return { count: sorted.length, median, lower, upper };
}
