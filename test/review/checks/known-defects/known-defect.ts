import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { RenderedObject } from '../../../../src/objects/rendered-object.ts';
import type { Surroundings } from '../small-objects.ts';

/** A defect of a real system as a small input, and what the checks say of it. */
export interface KnownDefect {
  /** The same words as in the table of docs/checks.md. */
  readonly defect: string;
  readonly objects: readonly (KubernetesObject | RenderedObject)[];
  readonly surroundings?: Surroundings;
  /** What is found: check, and the line with object, field and message. */
  readonly found: readonly (readonly [check: string, line: string])[];
}
