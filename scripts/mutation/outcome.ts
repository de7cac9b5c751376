import type { Fault } from './fault.ts';

/** What the tests said of a fault. */
export interface Outcome {
  /** The fault's place in the sample, counted from 1. */
  readonly number: number;
  readonly fault: Fault;
  /** The test that found it; undefined when none of those that ran did. */
  readonly foundBy: string | undefined;
}

/** How many of some faults were found. */
export interface Count {
  readonly found: number;
  readonly all: number;
}

export const countOf = (outcomes: readonly Outcome[]): Count => ({
  found: outcomes.filter(({ foundBy }) => foundBy !== undefined).length,
  all: outcomes.length,
});

/** As `37 of 40 (92 %)`; rounded down, so that a bar is met only when it is. */
export const countWords = ({ found, all }: Count): string =>
  `${found} of ${all}${all === 0 ? '' : ` (${Math.floor((found * 100) / all)} %)`}`;

/** The counts of each folder right below `src`, by name. */
export function countsByFolder(outcomes: readonly Outcome[]): readonly (readonly [folder: string, count: Count])[] {
  const folderOf = ({ fault }: Outcome): string => fault.file.split('/').slice(0, 2).join('/');
  return [...new Set(outcomes.map(folderOf))]
    .sort()
    .map((folder) => [folder, countOf(outcomes.filter((outcome) => folderOf(outcome) === folder))]);
}
