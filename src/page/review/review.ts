import type { TreeDiff } from '../../review/diff/tree-diff.ts';

/** An object as YAML before and after, without anybody's secrets. */
export interface ObjectTexts {
  /** @default - it is new */
  readonly before?: string;
  /** @default - it goes */
  readonly after?: string;
}

/** Objects of one environment of which both sides are shown: more would make a page that nobody can open. */
export const mostTexts = 200;

/** What a change does to one environment. */
export interface ReviewedEnvironment {
  readonly name: string;
  readonly diff: TreeDiff;
  /** Of the first {@link mostTexts} objects of the diff, in its order. */
  readonly texts: readonly ObjectTexts[];
}

/** A change that somebody may want to look at before it happens. */
export interface Review {
  /** What is compared, e.g. `promote/prod/v1.2.0 into env/prod`, or `main..HEAD of the program`. */
  readonly title: string;
  /** Where it is discussed. @default - nowhere that is known */
  readonly address?: string;
  /** Without those of which it changes nothing. */
  readonly environments: readonly ReviewedEnvironment[];
  /** The environments that it changes, with what changes marked, as an SVG element. @default - it changes nothing that is in the picture */
  readonly picture?: string;
}
