import type { RenderedObject } from '../objects/rendered-object.ts';

/** What an environment's branch holds for one release: the same input gives the same bytes. */
export interface RenderedEnvironment {
  readonly environment: string;
  /** In the order of their paths. */
  readonly objects: readonly RenderedObject[];
  /** Path → text of every object's file, in the order of the paths. */
  readonly files: ReadonlyMap<string, string>;
}
