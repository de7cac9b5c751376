import type { KubernetesObject } from '../../model/application.ts';
import type { MovableField } from '../files/movable-field.ts';

/** An object that has an engine fetch or render a chart. */
export interface ChartObject {
  readonly object: KubernetesObject;
  /** The fields that a release sets in it. @default - none */
  readonly fields?: readonly MovableField[];
}
