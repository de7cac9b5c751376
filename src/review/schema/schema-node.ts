/** A value that JSON can hold as an enum member, a default or a bound. */
export type SchemaScalar = string | number | boolean | null;

/**
 * One place of a schema: the part of OpenAPI that the compact copies in `schemas/` keep.
 *
 * The keywords have their OpenAPI meaning; those of our own, `x-` without `kubernetes`, say what the API server checks
 * and OpenAPI cannot.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#openapi-interface-definition
 */
export interface SchemaNode {
  /** Another definition, as `group#name`, e.g. `core#v1.PodSpec`. @default - the node describes itself */
  readonly $ref?: string;
  /** @default - any value */
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** What the text or number must look like, e.g. `quantity`. @default - no limit */
  readonly format?: string;
  /** The cluster writes the field; nobody else should. @default false */
  readonly readOnly?: boolean;
  /** @default - any value of the type */
  readonly enum?: readonly SchemaScalar[];
  /** Kept only for the keys that identify a list entry, e.g. the protocol of a port. @default - none */
  readonly default?: SchemaScalar;
  /** @default - any text */
  readonly pattern?: string;
  /** @default - no limit */
  readonly minimum?: number;
  /** @default - no limit */
  readonly maximum?: number;
  /** @default - no limit */
  readonly minLength?: number;
  /** @default - no limit */
  readonly maxLength?: number;
  /** @default - no limit */
  readonly minItems?: number;
  /** @default - no limit */
  readonly maxItems?: number;
  /** Fewest fields that an object may have. @default - no limit */
  readonly minProperties?: number;
  /** Most fields that an object may have. @default - no limit */
  readonly maxProperties?: number;
  /** @default - no fields are known */
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** @default - no field must be there */
  readonly required?: readonly string[];
  /** The schema of every value of a map. @default - fields other than `properties` are refused */
  readonly additionalProperties?: SchemaNode;
  /** What the names in a map must look like. @default - any name */
  readonly propertyNames?: SchemaNode;
  /** @default - entries of any shape */
  readonly items?: SchemaNode;
  /** Further limits on a value whose shape another node describes. @default - none */
  readonly allOf?: readonly SchemaNode[];
  /** @default false */
  readonly 'x-kubernetes-int-or-string'?: boolean;
  /** Unknown fields are allowed here. @default false */
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  /** @default 'atomic' */
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  /** The fields that identify an entry of a `map` list. @default - none */
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /** The field by which `kubectl apply` tells entries apart, where the list has no map keys. @default - none */
  readonly 'x-kubernetes-patch-merge-key'?: string;
  /** @default 'granular' */
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  /** Exactly one of these fields must be there. @default - no such rule */
  readonly 'x-exactly-one'?: readonly string[];
  /** At least one of these fields must be there. @default - no such rule */
  readonly 'x-at-least-one'?: readonly string[];
  /** No more than one of these fields may be there. @default - no such rule */
  readonly 'x-at-most-one'?: readonly string[];
  /** What fields ask of each other. @default - nothing */
  readonly 'x-field-rules'?: readonly FieldRule[];
  /** A field that every entry needs as soon as the list has two. @default - none */
  readonly 'x-needed-when-many'?: string;
}

/** What one field asks of another field beside it. */
export interface FieldRule {
  readonly field: string;
  /** The rule holds for these values of the field. @default - whenever the field is there */
  readonly values?: readonly SchemaScalar[];
  /** Must be there and not empty. @default - nothing */
  readonly needs?: string;
  /** Must not be there. @default - nothing */
  readonly refuses?: string;
}

/** Whether objects of a kind live in a namespace. */
export type KindScope = 'Namespaced' | 'Cluster';

/** `schemas/index.json`: what there are schemas for. */
export interface SchemaIndex {
  /** By API group (`core` for the nameless one). */
  readonly groups: Readonly<Record<string, SchemaIndexGroup>>;
}

/** One API group in the index. */
export interface SchemaIndexGroup {
  /** Project and version that the schemas come from, e.g. `Gateway API v1.4.0`. */
  readonly source: string;
  /** `version/Kind` to its scope. Empty for a group that only holds definitions. */
  readonly kinds: Readonly<Record<string, KindScope>>;
}

/** `schemas/<group>.json`: definitions by name, e.g. `v1.Deployment`. A kind's own definition is `version.Kind`. */
export interface SchemaFile {
  readonly definitions: Readonly<Record<string, SchemaNode>>;
}

/**
 * Reads one parsed file of `schemas/`.
 *
 * @param name `index`, or an API group that the index lists
 */
export type ReadSchema = (name: string) => unknown;
