import type { UnitName } from '../../model/derived/units.ts';
import type { ProgramAllowances } from '../program/refuse-program.ts';
import type { RouteOptions } from '../write/route.ts';
import type { WriteAllowances } from '../write/write-files.ts';

/** Where to go back to, and what a person allows. */
export interface RollbackOptions extends UnitName, ProgramAllowances, WriteAllowances, RouteOptions {
  /** Release id, commit of the ops repository or of the source. @default - the state before this one */
  readonly to?: string;
  /** Why, for the hold. @default 'rolled back' */
  readonly reason?: string;
  /** Whether to render the older release with this program instead of bringing its files back. @default false */
  readonly withCurrentProgram?: boolean;
}
