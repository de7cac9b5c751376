import type { SchemaCatalog } from './schema-catalog.ts';
import type { SchemaFinding } from '../../objects/schema-finding.ts';
import type { FieldStep } from './schema-path.ts';
import { schemaPath } from './schema-path.ts';
import type { SchemaNode } from './schema-node.ts';
import type { KubernetesLines } from './served/served-finding.ts';

/** The walk through one object: where it is, and what it found. */
export class WalkState {
  readonly findings: SchemaFinding[] = [];
  /** Steps from the object's root to the value at hand. */
  readonly steps: FieldStep[] = [];
  /** Schemas of the objects around the value at hand, outermost first. */
  readonly #around: SchemaNode[] = [];
  /** How many steps lead to each of them. */
  readonly #depths: number[] = [];

  constructor(
    readonly catalog: SchemaCatalog,
    readonly lines: KubernetesLines,
    /** Secrets keep their values to themselves. */
    readonly hasSecretData: boolean,
    /** Whether a text stands for a value of whatever type. @default - none does */
    readonly isFilledIn?: (text: string) => boolean,
  ) {}

  /** The walk goes into the object at hand, which the schema describes. */
  enter(node: SchemaNode): void {
    this.#around.push(node);
    this.#depths.push(this.steps.length);
  }

  /** The walk is through with the object that it went into last. */
  leave(): void {
    this.#around.pop();
    this.#depths.pop();
  }

  /** Returns the steps to the nearest object around the value at hand whose schema knows a field, or undefined when none does. */
  placeOf(field: string): readonly FieldStep[] | undefined {
    const nearest = this.#around.findLastIndex(
      ({ properties }) => properties !== undefined && Object.hasOwn(properties, field),
    );
    return nearest === -1 ? undefined : this.steps.slice(0, this.#depths[nearest]);
  }

  /** Adds a finding about the value at hand. */
  add(message: string, given?: unknown): void {
    const shown = given === undefined || this.#holdsSecret() ? undefined : shortJson(given);
    this.findings.push({ field: schemaPath(this.steps), message, ...(shown === undefined ? {} : { given: shown }) });
  }

  /** Adds a finding about a field or entry below the value at hand. */
  addBelow(step: FieldStep, message: string, given?: unknown): void {
    this.steps.push(step);
    this.add(message, given);
    this.steps.pop();
  }

  /** Returns whether the text at hand may be quoted in a message. */
  mayQuote(): boolean {
    return !this.#holdsSecret();
  }

  #holdsSecret(): boolean {
    const [top] = this.steps;
    const isEnvValue = this.steps.at(-1) === 'value' && this.steps.at(-3) === 'env';
    return isEnvValue || (this.hasSecretData && (top === 'data' || top === 'stringData'));
  }
}

const longestShown = 80;

function shortJson(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const isLong = typeof value === 'string' && value.length > longestShown;
  return JSON.stringify(isLong ? `${value.slice(0, longestShown)}…` : value);
}
