import { everyIngress } from '../../ingresses/ingresses.ts';
import { closest } from '../../model/suggestion.ts';
import type { ObjectKind, SchemaCatalog } from './schema-catalog.ts';
import type { SchemaFinding } from '../../objects/schema-finding.ts';
import type { SchemaNode } from './schema-node.ts';
import type { KubernetesLines } from './served/served-finding.ts';
import { notServed, servedHistory } from './served/served-finding.ts';
import type { JsonRecord } from './type-words.ts';
import { isRecord } from './type-words.ts';
import { WalkState } from './walk-state.ts';
import { walkValue } from './walk-value.ts';

/** What an object is checked against. */
export interface ValidateObjectOptions {
  readonly catalog: SchemaCatalog;
  /** The Kubernetes lines that must all accept the object. */
  readonly kubernetes: KubernetesLines;
  /** Whether a text stands for a value of whatever type. @default - none does */
  readonly isFilledIn?: ((text: string) => boolean) | undefined;
}

/** API groups that projects have given up, and what took their place. */
const renamedGroups: Readonly<Record<string, string>> = Object.fromEntries(
  everyIngress.flatMap(({ groups }) =>
    Object.entries(groups).flatMap(([now, earlier]) => earlier.map((group) => [group, now])),
  ),
);

/**
 * Returns everything in which an object does not match the schema of its kind; nothing when it matches.
 *
 * As strict as `kubectl apply --validate=strict`: unknown fields are refused. Stricter in what is always a mistake in a
 * repository: entries of one identity in a list, `status`, and other fields that the cluster writes.
 */
export function validateObject(object: JsonRecord, options: ValidateObjectOptions): readonly SchemaFinding[] {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    return [...missing('apiVersion', apiVersion), ...missing('kind', kind)];
  const { catalog, kubernetes, isFilledIn } = options;
  const objectKind = { apiVersion, kind };
  const served = notServed(objectKind, kubernetes);
  const schema =
    catalog.kindSchema(objectKind) ?? (served === undefined ? successorSchema(objectKind, catalog) : undefined);
  if (schema === undefined) return [served ?? noSchema(objectKind, catalog)];
  const state = new WalkState(catalog, kubernetes, kind === 'Secret', isFilledIn);
  if (served !== undefined) state.findings.push(served);
  walkValue(object, schema, state);
  addMissingName(object, state);
  return state.findings;
}

function missing(field: string, value: unknown): readonly SchemaFinding[] {
  return typeof value === 'string' ? [] : [{ field, message: 'is missing; write a string' }];
}

/** An older version that a line still serves has no schema of its own: the next one has the same fields. */
function successorSchema(object: ObjectKind, catalog: SchemaCatalog): SchemaNode | undefined {
  const history = servedHistory(object);
  return history?.instead === undefined
    ? undefined
    : catalog.kindSchema({ apiVersion: history.instead, kind: object.kind });
}

/** OpenAPI does not say that an object needs a name; a wrong type of it is found on the walk. */
function addMissingName(object: JsonRecord, state: WalkState): void {
  const metadata = object['metadata'] ?? {};
  if (!isRecord(metadata) || typeof metadata['generateName'] === 'string') return;
  const name = metadata['name'] ?? undefined;
  if (name === undefined) state.findings.push({ field: 'metadata.name', message: 'is missing; write a string' });
  if (name === '') state.findings.push({ field: 'metadata.name', message: 'must not be empty', given: '""' });
}

function noSchema({ apiVersion, kind }: ObjectKind, catalog: SchemaCatalog): SchemaFinding {
  const what = `no schema for ${kind} of ${apiVersion}`;
  const [group = '', version] = apiVersion.split('/');
  const renamed = Object.hasOwn(renamedGroups, group) ? renamedGroups[group] : undefined;
  if (renamed !== undefined && version !== undefined) {
    return {
      field: 'apiVersion',
      message: `${what}, the group is now ${renamed}; write ${renamed}/${version}`,
      given: JSON.stringify(apiVersion),
    };
  }
  const kinds = catalog.kinds();
  const elsewhere = kinds.filter((known) => known.kind === kind).map((known) => known.apiVersion);
  if (elsewhere.length > 0) {
    return {
      field: 'apiVersion',
      message: `${what}; write ${elsewhere.join(' or ')}`,
      given: JSON.stringify(apiVersion),
    };
  }
  const here = kinds.filter((known) => known.apiVersion === apiVersion).map((known) => known.kind);
  const near = closest(kind, here.length > 0 ? here : kinds.map((known) => known.kind));
  // A group that nobody knows is somebody's own; in one that is known, a kind is mistyped.
  const add = 'add its custom resource definition with: npx portolan schemas add FILE';
  const remedy = near === undefined ? add : here.length > 0 ? `write ${near}` : `write ${near}, or ${add}`;
  return { field: 'kind', message: `${what}; ${remedy}`, given: JSON.stringify(kind) };
}
