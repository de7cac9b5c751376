import type { MovableField } from '../objects/files/movable-field.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';

/** What an environment's branch holds for one release: the same input gives the same bytes. */
export interface RenderedEnvironment {
  readonly environment: string;
  /** In the order of their paths. */
  readonly objects: readonly RenderedObject[];
  /** Path → text of every object's file, and of files that are no objects, in the order of the paths. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * Path → fields that a release sets in a file, besides the images of an object's containers: a chart's version, a value.
   *
   * @default - none
   */
  readonly fields?: ReadonlyMap<string, readonly MovableField[]>;
}
