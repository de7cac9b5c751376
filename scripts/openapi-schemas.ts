import type { KindScope, SchemaNode } from '../src/review/schema/schema-node.ts';
import { asKind } from '../src/review/schema/custom/as-kind.ts';
import type { RawSchema } from '../src/review/schema/custom/compact-schema.ts';
import { compactSchema, rawSchema } from '../src/review/schema/custom/compact-schema.ts';
import type { SchemaGroups } from './schema-groups.ts';
import { schemaGroup } from './schema-groups.ts';

/** Kinds that are questions to the API server, views or records of it: nobody keeps one in a repository. */
const notKept =
  /List$|Review$|^(APIGroup|APIResource|APIVersions|Binding|ComponentStatus|DeleteOptions|Event|Eviction|Scale|Status|TokenRequest|WatchEvent)$/;

/** What the cluster writes into every object. `selfLink` has not been written since Kubernetes 1.20. */
const clusterMetadata = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** An answer of `/openapi/v2`, or its `definitions` alone. */
export interface OpenApi {
  readonly definitions: RawSchema;
  /** @default - scopes are not known and count as namespaced */
  readonly paths?: RawSchema;
}

/**
 * Adds the kinds of an API server's `/openapi/v2` answer.
 *
 * @param source e.g. `Kubernetes 1.36.3`
 */
export function addOpenApi(groups: SchemaGroups, openApi: OpenApi, source: string): void {
  const packageGroups = groupsByPackage(openApi.definitions);
  const scopes = scopesByKind(openApi.paths ?? {});
  const ref = (name: string): string => {
    const [group, local] = nameOf(name, packageGroups);
    return `${group}#${local}`;
  };
  for (const [name, value] of Object.entries(openApi.definitions)) {
    const raw = rawSchema(value, name);
    const [groupName, local] = nameOf(name, packageGroups);
    const group = schemaGroup(groups, groupName, name.startsWith('io.k8s.') ? source : `an API server with ${source}`);
    const gvk = kindsOf(raw).find(({ version, kind }) => local === `${version}.${kind}`);
    const isKept = gvk !== undefined && !notKept.test(gvk.kind);
    const node = anyShape(compactSchema(raw, ref, name), name);
    group.definitions.set(local, isKept ? asKind(node) : asMetadata(node, local));
    if (isKept) group.kinds.set(`${gvk.version}/${gvk.kind}`, scopes.get(scopeKey(gvk)) ?? 'Namespaced');
  }
}

function asMetadata(node: SchemaNode, local: string): SchemaNode {
  if (local !== 'v1.ObjectMeta' || node.properties === undefined) return node;
  const marked = clusterMetadata.map((name) => [name, { readOnly: true }] as const);
  return { ...node, properties: { ...node.properties, ...Object.fromEntries(marked) } };
}

/** A built-in type without fields holds anything, e.g. RawExtension; in a custom resource it holds nothing. */
function anyShape(node: SchemaNode, name: string): SchemaNode {
  const isOpen =
    name.startsWith('io.k8s.') &&
    node.type === 'object' &&
    node.properties === undefined &&
    node.additionalProperties === undefined;
  return isOpen ? { ...node, 'x-kubernetes-preserve-unknown-fields': true } : node;
}

function kindsOf(raw: RawSchema): readonly GroupVersionKind[] {
  const listed = raw['x-kubernetes-group-version-kind'];
  return Array.isArray(listed) ? (listed as readonly GroupVersionKind[]) : [];
}

/** `io.k8s.api.rbac` holds the group rbac.authorization.k8s.io: only the kinds in a package say so. */
function groupsByPackage(definitions: RawSchema): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  for (const [name, value] of Object.entries(definitions)) {
    const [packageName, version, kind] = split(name);
    const gvk = kindsOf(rawSchema(value, name)).find((one) => one.version === version && one.kind === kind);
    if (gvk !== undefined && !name.startsWith('io.k8s.apimachinery.'))
      groups.set(packageName, gvk.group === '' ? 'core' : gvk.group);
  }
  return groups;
}

function nameOf(name: string, packageGroups: ReadonlyMap<string, string>): readonly [group: string, local: string] {
  const [packageName, version, kind] = split(name);
  return [packageGroups.get(packageName) ?? 'meta', /^v\d/.test(version) ? `${version}.${kind}` : kind];
}

function split(name: string): readonly [packageName: string, version: string, kind: string] {
  const parts = name.split('.');
  const kind = parts.pop() ?? '';
  const version = parts.pop() ?? '';
  return [parts.join('.'), version, kind];
}

function scopeKey(gvk: GroupVersionKind): string {
  return `${gvk.group}/${gvk.version}/${gvk.kind}`;
}

function scopesByKind(paths: RawSchema): ReadonlyMap<string, KindScope> {
  const scopes = new Map<string, KindScope>();
  for (const [path, methods] of Object.entries(paths)) {
    // The addresses of one object: …/NAME, without a sub-resource below it.
    if (!path.endsWith('/{name}')) continue;
    const get = rawSchema(methods, path)['get'];
    const gvk = get === undefined ? undefined : rawSchema(get, path)['x-kubernetes-group-version-kind'];
    if (gvk === undefined) continue;
    scopes.set(scopeKey(gvk as GroupVersionKind), path.includes('/namespaces/{namespace}/') ? 'Namespaced' : 'Cluster');
  }
  return scopes;
}
