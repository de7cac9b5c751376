import type { Problem } from '../../../model/problem.ts';
import { fieldsOf, isFields, itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { KindScope, SchemaFile, SchemaIndex, SchemaNode } from '../schema-node.ts';
import { kindsOf, type Definition } from './definition-schemas.ts';

/** The folder beside `project.ts` that holds the schemas of a project's own custom resources, one file for each API group. */
export const projectSchemasFolder = 'custom-resources';

/** The kinds of one API group that a project added. */
export interface ProjectSchemas extends SchemaFile {
  /** File that they come from. */
  readonly source: string;
  /** `version/Kind` to its scope. */
  readonly kinds: Readonly<Record<string, KindScope>>;
}

/** What some documents define, by API group, and what is wrong with them. */
export interface DefinedSchemas {
  readonly groups: ReadonlyMap<string, ProjectSchemas>;
  readonly problems: readonly Problem[];
  /** What they ask and nobody but the cluster checks, e.g. `oneOf at example.com/v1 Queue.spec`. */
  readonly leftOut: readonly string[];
}

/**
 * The compact schemas of the custom resource definitions among some documents, lists of them included.
 *
 * @param file - that holds the documents, for messages and to say where the schemas are from
 */
export function definedIn(documents: readonly unknown[], file: string): DefinedSchemas {
  const problems: Problem[] = [];
  const leftOut: string[] = [];
  const groups = new Map<string, ProjectSchemas>();
  const found = documents
    .flatMap((document) => (fieldsOf(document)['kind'] === 'List' ? itemsOf(fieldsOf(document)['items']) : [document]))
    .filter((document) => fieldsOf(document)['kind'] === 'CustomResourceDefinition');
  if (found.length === 0)
    problems.push({
      path: file,
      message: 'holds no CustomResourceDefinition; "kubectl get crd NAME -o yaml" writes one of a cluster',
    });
  for (const document of found) {
    const name = textOf(valueAt(document, 'metadata', 'name')) ?? 'a definition without a name';
    if (!isDefinition(document)) {
      problems.push({
        path: `${file}: ${name}`,
        message: 'must be of apiextensions.k8s.io/v1, with a group, a kind, a scope, and a schema in each version',
      });
      continue;
    }
    try {
      const { group } = document.spec;
      const kinds = kindsOf(document, (keyword, place) => {
        leftOut.push(`${keyword} at ${place}`);
      });
      groups.set(
        group,
        joined(groups.get(group), {
          source: file,
          kinds: Object.fromEntries(kinds.map(({ key, scope }) => [key, scope])),
          definitions: Object.fromEntries(kinds.map(({ key, node }) => [key.replace('/', '.'), node])),
        }),
      );
    } catch (error) {
      problems.push({ path: `${file}: ${name}`, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { groups, problems, leftOut };
}

function isDefinition(document: unknown): document is Definition {
  const spec = valueAt(document, 'spec');
  const versions = itemsOf(valueAt(spec, 'versions'));
  return (
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(textOf(valueAt(spec, 'group')) ?? '') &&
    textOf(valueAt(spec, 'names', 'kind')) !== undefined &&
    ['Namespaced', 'Cluster'].includes(textOf(valueAt(spec, 'scope')) ?? '') &&
    versions.length > 0 &&
    versions.every(
      (version) =>
        textOf(valueAt(version, 'name')) !== undefined && isFields(valueAt(version, 'schema', 'openAPIV3Schema')),
    )
  );
}

/** Schemas of one group, what was there before included; what is defined anew takes its place. */
export const joined = (before: ProjectSchemas | undefined, after: ProjectSchemas): ProjectSchemas => ({
  source: after.source,
  kinds: { ...before?.kinds, ...after.kinds },
  definitions: { ...before?.definitions, ...after.definitions },
});

/** A group's file: one definition a line, keys sorted, so that the same input gives the same bytes and a newer version reads well as a change. */
export function projectSchemasText({ source, kinds, definitions }: ProjectSchemas): string {
  const lines = Object.entries(sorted(definitions) as Readonly<Record<string, SchemaNode>>).map(
    ([name, node]) => `${JSON.stringify(name)}:${JSON.stringify(node)}`,
  );
  return `{"source":${JSON.stringify(source)},"kinds":${JSON.stringify(sorted(kinds))},"definitions":{\n${lines.join(',\n')}\n}}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/** The index of all schemas, with the kinds that a project added. */
export const indexWith = (index: SchemaIndex, added: ReadonlyMap<string, ProjectSchemas>): SchemaIndex => ({
  groups: {
    ...index.groups,
    ...Object.fromEntries(
      [...added].map(([group, { source, kinds }]) => [
        group,
        { source, kinds: { ...index.groups[group]?.kinds, ...kinds } },
      ]),
    ),
  },
});
