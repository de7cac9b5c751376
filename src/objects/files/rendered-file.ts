import type { KubernetesObject } from '../../model/application.ts';
import type { MovableField } from './movable-field.ts';

/** A file as it is rendered: of an object, or none, as a chart's values are. */
export interface RenderedFile {
  /** Path below the tree of the branch. */
  readonly path: string;
  readonly text: string;
  /** @default - the file is no object */
  readonly object?: KubernetesObject;
  /** The fields that a release sets in it. Nobody moves others. */
  readonly fields: readonly MovableField[];
}
