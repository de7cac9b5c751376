import { isFields } from '../../objects/fields.ts';

/** One resource that a stack's state has. */
export interface RecordedResource {
  /** Type as Pulumi names it, e.g. `github:index/branch:Branch`. */
  readonly type: string;
  /** Name in the stack, e.g. `dev`. */
  readonly name: string;
  /** Id that its provider gave it. @default - none, as of a component */
  readonly id?: string;
  /** Names of its inputs, without a value: what the program gave, and what GitHub or the cluster answered when it was taken over. */
  readonly inputs?: readonly string[];
  /** Whether its provider made it and failed after that, so that Pulumi would update it whether it differs or not. @default false */
  readonly isHalfMade?: boolean;
  /** By what Pulumi tells it from every other, for commands about the state. */
  readonly urn: string;
}

/** What a stack's state has: what Pulumi made or took over before, and not what exists. */
export class StackState {
  readonly #resources: readonly RecordedResource[];
  readonly #known: ReadonlySet<string>;

  constructor(resources: readonly RecordedResource[]) {
    this.#resources = resources;
    this.#known = new Set(resources.map(({ type, name }) => `${type} ${name}`));
  }

  /** Whether the stack made the resource, or took it over. */
  has(type: string, name: string): boolean {
    return this.#known.has(`${type} ${name}`);
  }

  /** Names of the inputs that a resource has; nothing where the stack has it not. */
  inputsOf(type: string, name: string): readonly string[] | undefined {
    const found = this.#resources.find((resource) => resource.type === type && resource.name === name);
    return found === undefined ? undefined : (found.inputs ?? []);
  }

  /** The resources of a type. */
  ofType(type: string): readonly RecordedResource[] {
    return this.#resources.filter((resource) => resource.type === type);
  }

  /** Every resource, in the order of the state. */
  get resources(): readonly RecordedResource[] {
    return this.#resources;
  }
}

/** A resource's own type and name, out of `urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME`. */
function recorded(resource: unknown): readonly RecordedResource[] {
  // What waits for its deletion is replaced already.
  if (!isFields(resource) || resource['delete'] === true || typeof resource['urn'] !== 'string') return [];
  const { urn } = resource;
  const [, , types = '', ...name] = urn.split('::');
  const id = typeof resource['id'] === 'string' ? { id: resource['id'] } : {};
  const inputs = isFields(resource['inputs']) ? { inputs: Object.keys(resource['inputs']) } : {};
  const { initErrors } = resource;
  const half = Array.isArray(initErrors) && initErrors.length > 0 ? { isHalfMade: true } : {};
  return [{ urn, type: types.split('$').at(-1) ?? '', name: name.join('::'), ...id, ...inputs, ...half }];
}

/** A text as data; its error would show a part of the text. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What `pulumi stack export` says of a stack. Values are left out: those that are secret are encrypted there, and none is needed.
 *
 * @param exported - the JSON text; a stack that was never updated has no resources
 * @returns nothing for a text that is no such JSON
 */
export function readExport(exported: string): StackState | undefined {
  const parsed = parsedJson(exported);
  if (!isFields(parsed)) return undefined;
  const deployment = parsed['deployment'];
  const resources = isFields(deployment) ? deployment['resources'] : undefined;
  return new StackState(Array.isArray(resources) ? resources.flatMap(recorded) : []);
}
