import type { SchemaNode, SchemaScalar } from '../schema-node.ts';

/** Keywords that say nothing about which values are valid, or that cannot be checked without a running API server. */
const dropped = new Set([
  'default',
  'deprecated',
  'description',
  'example',
  'externalDocs',
  'nullable',
  'title',
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
  'minimum',
  'minItems',
  'minLength',
  'pattern',
  'required',
  'type',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-patch-merge-key',
  'x-kubernetes-preserve-unknown-fields',
]);

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
 * @throws Error when it meets a keyword that it does not know, or a pattern that JavaScript reads differently
 */
export function compactSchema(raw: RawSchema, rewriteRef: RewriteRef, place: string): SchemaNode {
  const node: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(raw)) {
    if (copied.has(keyword)) node[keyword] = value;
    else if (!dropped.has(keyword)) compactKeyword(keyword, value, node, rewriteRef, place);
  }
  dropEmpty(node);
  requirePattern(node['pattern'], place);
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
  rewriteRef: RewriteRef,
  place: string,
): void {
  const below = (child: unknown, name: string): SchemaNode =>
    compactSchema(rawSchema(child, `${place}.${name}`), rewriteRef, `${place}.${name}`);
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
      if (isIntOrString(value)) return;
      throw new Error(`${place}: anyOf is not understood, got ${JSON.stringify(value)}`);
    default:
      throw new Error(`${place}: the keyword ${keyword} is not understood; teach it to scripts/compact-schema.ts`);
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
function requirePattern(pattern: unknown, place: string): void {
  if (typeof pattern !== 'string') return;
  const onlyInRe2 = /\\[AQCz]|\[\[:|\(\?[a-z]+[:)]/.exec(pattern);
  if (onlyInRe2 !== null) throw new Error(`${place}: JavaScript has no ${onlyInRe2[0]} in patterns, got ${pattern}`);
  new RegExp(pattern);
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
