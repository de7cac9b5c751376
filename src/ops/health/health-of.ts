import type { Unit } from '../../model/derived/units.ts';

/** What is said of the health of what a branch has, or why there is nobody who could say it. */
export type SaidHealth =
  /** `Healthy`, or in the engine's words what it is instead. */
  { readonly health: string } | { readonly notAsked: string };

/**
 * Who says how healthy a unit is at a commit, which is the tip of its branch: a cluster does, and whatever else keeps the engine's word for that
 * very commit can.
 */
export type HealthOf = (unit: Unit, commit: string) => Promise<SaidHealth>;
