import type { Delivery, Policies } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { SchemaFinding } from './schema-finding.ts';
import type { RenderedObject } from './rendered-object.ts';
import { objectId } from './kind.ts';
import type { ObjectIndex } from './object-index.ts';
import type { PodContainer, Workload } from './pods/workload.ts';

/** Holds an object against the schema of its kind. */
export type Validate = (
  object: Readonly<Record<string, unknown>>,
  isFilledIn?: (text: string) => boolean,
) => readonly SchemaFinding[];

/** What a check looks at. */
export interface CheckInput {
  readonly delivery: Delivery;
  readonly environment: Environment;
  /** What would be published. */
  readonly objects: ObjectIndex;
  /** What the environment's branch holds now. @default - nothing yet */
  readonly published?: ObjectIndex;
  /** @default - objects are not held against schemas */
  readonly validate?: Validate;
}

/**
 * What a check of one object may look at beside it. Where it does not ask for the whole, and finds nothing, it finds nothing in the same object another time,
 * whatever became of the others.
 */
export interface Surroundings {
  /** The environment, but for what runs in it. */
  readonly environment: Omit<Environment, 'applications'>;
  /** What the delivery allows. @default - as {@link Policies} has it */
  readonly policies?: Policies;
  /** @default - objects are not held against schemas */
  readonly validate?: Validate;
  /** Everything else that there is. */
  readonly whole: () => CheckInput;
}

/** One thing that a check found; the name of the check and of the environment come with the caller. */
export interface Found {
  /** Path of the construct that made the object; empty when the object comes from nowhere. */
  readonly construct: string;
  /** `Kind/name`. */
  readonly object: string;
  /** Empty for the whole object. */
  readonly field: string;
  /** Lower case, no full stop, never a secret. */
  readonly message: string;
}

/** Takes what a check finds, one thing at a time. */
export type Report = (found: Found) => void;

/**
 * One rule over rendered objects: pure, and linear in their number. It says what it looks at, so that all checks look at one
 * object before any of them looks at the next.
 */
export interface Check {
  /** Unique; what exceptions and docs/checks.md call it. */
  readonly name: string;
  /** Looks at each object by itself. @default - not at objects */
  readonly inObject?: (rendered: RenderedObject, report: Report, around: Surroundings) => void;
  /** Looks at each pod template by itself, as Pod Security admission does. @default - not at pods */
  readonly inPod?: (workload: Workload, report: Report, around: Surroundings) => void;
  /** Looks at each container of each pod template, init and ephemeral ones too. @default - not at containers */
  readonly inContainer?: (container: PodContainer, workload: Workload, report: Report, around: Surroundings) => void;
  /** Looks at all objects together. @default - one by one is enough */
  readonly find?: (input: CheckInput, report: Report) => void;
}

/** Something found at a field of a rendered object. */
export const foundAt = ({ construct, object }: RenderedObject, field: string, message: string): Found => ({
  construct,
  object: objectId(object),
  field,
  message,
});
