import type { Fault } from './fault.ts';

/** A fault that was met and judged: the program does the same with it, so that no test could find it. */
export interface Equivalent extends Pick<Fault, 'file' | 'code' | 'change'> {
  readonly why: string;
}

/** Left out of every sample. Whoever adds one says why nobody could tell. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'src/objects/fields.ts',
    code: 'return true;',
    change: 'true → false',
    why: 'the quick way out of textMapOf: the slow way makes a map of the same entries',
  },
];

/** What is known of a fault that nobody could tell from the program; undefined for every other. */
export const equivalentOf = ({ file, code, change }: Fault): Equivalent | undefined =>
  equivalents.find((known) => known.file === file && known.code === code && known.change === change);
