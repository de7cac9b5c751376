import type { Database } from '../model/database.ts';
import type { Check } from '../objects/check.ts';

/** A program that keeps data: everything that the stages ask of it, besides its constructs. Pure functions over data. */
export interface DatabasePlugin<Kind extends Database['kind'] = Database['kind']> {
  readonly kind: Kind;
  /** As its users write it, e.g. `PostgreSQL`. */
  readonly title: string;
  /** Variables of its image that make something in an empty data folder only, and what each names, e.g. `database`. */
  readonly firstContents: Readonly<Record<string, string>>;
  /** What is checked of its servers. */
  readonly checks: readonly Check[];
}
