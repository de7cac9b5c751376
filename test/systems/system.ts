import type { Delivery } from '../../src/model/delivery.ts';
import type { Course } from './delivered-system.ts';

/** One of the five systems: what stands between it and being delivered today, and what happens when it is. */
export interface System {
  /** Without what the model refuses. */
  readonly corrected: Delivery;
  /** What the checks find in what is rendered of it: true defects, each. */
  readonly found: readonly string[];
  /** Without these. */
  readonly mended: Delivery;
  /** What is promoted. */
  readonly course: Course;
  /** What the first publish of each environment did; `gated` was proposed and then merged. */
  readonly published: readonly string[];
  /** What the promotion into each stage did. */
  readonly promoted: readonly string[];
  /** What `status` and `history` say in the end. */
  readonly told: readonly string[];
}
