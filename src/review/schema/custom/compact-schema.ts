import type { SchemaNode, SchemaScalar } from '../schema-node.ts';

const thisFile = 'src/review/schema/custom/compact-schema.ts';

/** Keywords that say nothing about which values are valid, or that cannot be checked without a running API server. */
const dropped = new Set([
  'default',
  'deprecated',
  'description',
  'example',
  'externalDocs',
  'nullable',
  'title',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-patch-strategy',
  'x-kubernetes-unions',
  'x-kubernetes-validations',
]);

const copied = new Set([
  'enum',
  'format',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minimum',
  'minItems',
  'minLength',
  'minProperties',
  'pattern',
  'required',
  'type',
  'x-at-least-one',
  'x-at-most-one',
  'x-exactly-one',
  'x-field-rules',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-preserve-unknown-fields',
]);

/** What every object has, one inside another too. */
export const everyObject: Readonly<Record<string, SchemaNode>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { $ref: 'meta#v1.ObjectMeta' },
};

/** Scalars that Kubernetes gives a type of their own: they are written out where they are used. */
const scalars: Readonly<Record<string, SchemaNode>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Duration': { type: 'string', format: 'duration' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
};

/** Rewrites the name of a definition in `#/definitions/…` to one of ours, `group#name`. */
export type RewriteRef = (name: string) => string;

/**
 * Takes what a schema says and nobody here can check, so that it is left out.
 *
 * @param keyword - that says it, e.g. `oneOf`
 * @param why - nobody can, for a message
 */
export type LeaveOut = (keyword: string, place: string, why: string) => void;

/** Portolan's own schemas leave nothing out without a word. */
const refuse: LeaveOut = (_, place, why) => {
  throw new Error(`${place}: ${why}`);
};

/** A schema as it is read from the server or a file. */
export type RawSchema = Readonly<Record<string, unknown>>;

/** @throws TypeError when the value is no JSON object */
export function rawSchema(value: unknown, place: string): RawSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${place}: must be an object`);
  return value as RawSchema;
}

/**
 * Returns a schema without what no check needs.
 *
 * @param place where the schema stands, for messages
 * @param leaveOut takes each keyword that is not known, and each pattern that JavaScript reads differently. @default - it is an error
 * @throws Error when it meets one of those and nobody takes it
 */
export function compactSchema(
  raw: RawSchema,
  rewriteRef: RewriteRef,
  place: string,
  leaveOut: LeaveOut = refuse,
): SchemaNode {
  const node: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(raw)) {
    const wrong = keyword === 'pattern' ? patternProblem(value) : undefined;
    if (wrong !== undefined) leaveOut(keyword, place, wrong);
    else if (copied.has(keyword)) node[keyword] = value;
    else if (!dropped.has(keyword)) compactKeyword(keyword, value, node, { rewriteRef, place, leaveOut });
  }
  if (raw['x-kubernetes-embedded-resource'] === true)
    node['properties'] = { ...(node['properties'] as SchemaNode['properties']), ...everyObject };
  dropEmpty(node);
  keepKeyDefaults(raw, node);
  dropDefaulted(raw, node);
  if (node['x-kubernetes-int-or-string'] === true || node['format'] === 'int-or-string') {
    delete node['type'];
    delete node['format'];
    node['x-kubernetes-int-or-string'] = true;
  }
  return node;
}

function compactKeyword(
  keyword: string,
  value: unknown,
  node: Record<string, unknown>,
  {
    rewriteRef,
    place,
    leaveOut,
  }: { readonly rewriteRef: RewriteRef; readonly place: string; readonly leaveOut: LeaveOut },
): void {
  const below = (child: unknown, name: string): SchemaNode =>
    compactSchema(rawSchema(child, `${place}.${name}`), rewriteRef, `${place}.${name}`, leaveOut);
  switch (keyword) {
    case '$ref': {
      const name = String(value).replace('#/definitions/', '');
      Object.assign(node, scalars[name] ?? { $ref: rewriteRef(name) });
      return;
    }
    case 'properties':
      node['properties'] = Object.fromEntries(
        Object.entries(rawSchema(value, place)).map(([name, child]) => [name, below(child, name)]),
      );
      return;
    case 'items':
      node['items'] = below(value, 'items');
      return;
    case 'additionalProperties':
      // `true` allows anything, which is what preserve-unknown-fields says.
      if (value === true) node['x-kubernetes-preserve-unknown-fields'] = true;
      else if (value !== false) node['additionalProperties'] = below(value, 'additionalProperties');
      return;
    case 'anyOf':
      // Structural schemas use it to say int-or-string once more.
      if (!isIntOrString(value)) leaveOut(keyword, place, `anyOf is not understood, got ${JSON.stringify(value)}`);
      return;
    default:
      leaveOut(keyword, place, `the keyword ${keyword} is not understood; teach it to ${thisFile}`);
  }
}

function isIntOrString(value: unknown): boolean {
  return JSON.stringify(value) === '[{"type":"integer"},{"type":"string"}]';
}

function dropEmpty(node: Record<string, unknown>): void {
  if (node['x-kubernetes-list-type'] === 'atomic') delete node['x-kubernetes-list-type'];
  if (node['format'] === '') delete node['format'];
}

/** The API server reads patterns as RE2. What JavaScript lacks of it would otherwise mean something else in silence. */
function patternProblem(pattern: unknown): string | undefined {
  const text = String(pattern);
  const [onlyInRe2] = /\\[AQCz]|\[\[:|\(\?[a-z]+[:)]/.exec(text) ?? [];
  if (onlyInRe2 !== undefined) return `JavaScript has no ${onlyInRe2} in patterns, got ${text}`;
  try {
    new RegExp(text);
    return undefined;
  } catch {
    return `JavaScript cannot read the pattern, got ${text}`;
  }
}

/** Two entries that leave the protocol out have the same one, so the default of an identifying field stays. */
function keepKeyDefaults(raw: RawSchema, node: Record<string, unknown>): void {
  const keys = node['x-kubernetes-list-map-keys'];
  if (!Array.isArray(keys) || typeof raw['items'] !== 'object') return;
  const rawProperties = rawSchema(raw['items'], 'items')['properties'];
  const properties = (node['items'] as SchemaNode).properties;
  if (rawProperties === undefined || properties === undefined) return;
  for (const key of keys.map(String)) {
    const property = rawSchema(rawProperties, 'properties')[key];
    const fallback = property === undefined ? undefined : rawSchema(property, key)['default'];
    if (fallback !== undefined) Object.assign(properties[key] ?? {}, { default: fallback as SchemaScalar });
  }
}

/** The API server fills in defaults before it looks for what is missing. */
function dropDefaulted(raw: RawSchema, node: Record<string, unknown>): void {
  if (!Array.isArray(node['required'])) return;
  const properties = raw['properties'] === undefined ? {} : rawSchema(raw['properties'], 'properties');
  const required = node['required'].map(String).filter((name) => {
    const property = properties[name];
    return property === undefined || !('default' in rawSchema(property, name));
  });
  if (required.length === 0) delete node['required'];
  else node['required'] = required.sort();
}
