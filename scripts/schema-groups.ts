import type { KindScope, SchemaFile, SchemaIndex, SchemaNode } from '../src/review/schema/schema-node.ts';

/** The schemas of one API group while they are collected. */
export interface SchemaGroup {
  /** Project and version, e.g. `Kubernetes 1.36.3`. */
  readonly source: string;
  /** `version/Kind` to its scope. */
  readonly kinds: Map<string, KindScope>;
  /** By `version.Name`. */
  readonly definitions: Map<string, SchemaNode>;
}

/** By API group, `core` for the nameless one. */
export type SchemaGroups = Map<string, SchemaGroup>;

/** Returns the group, making it when it is new. */
export function schemaGroup(groups: SchemaGroups, name: string, source: string): SchemaGroup {
  const group = groups.get(name) ?? {
    source,
    kinds: new Map<string, KindScope>(),
    definitions: new Map<string, SchemaNode>(),
  };
  groups.set(name, group);
  return group;
}

/**
 * Drops the definitions that no kept kind leads to, and the groups that nothing is left of.
 *
 * @param kept names of groups that have a file already and are not read now
 */
export function dropUnreachable(groups: SchemaGroups, kept: readonly string[]): void {
  const reached = new Set<string>();
  const follow = (ref: string): void => {
    const isElsewhere = !groups.has(groupOf(ref)) && kept.includes(groupOf(ref));
    if (isElsewhere || reached.has(ref)) return;
    reached.add(ref);
    const node = definition(groups, ref);
    for (const next of refsOf(node)) follow(next);
  };
  for (const [name, group] of groups) {
    for (const kind of group.kinds.keys()) follow(`${name}#${kind.replace('/', '.')}`);
  }
  for (const [name, group] of groups) {
    for (const key of group.definitions.keys()) if (!reached.has(`${name}#${key}`)) group.definitions.delete(key);
    if (group.definitions.size === 0) groups.delete(name);
  }
}

/** @throws Error when there is no such definition */
export function definition(groups: SchemaGroups, ref: string): SchemaNode {
  const [group = '', name = ''] = ref.split('#');
  const found = groups.get(group)?.definitions.get(name);
  if (found === undefined) throw new Error(`there is no definition ${ref}`);
  return found;
}

function groupOf(ref: string): string {
  return ref.slice(0, ref.indexOf('#'));
}

function refsOf(node: SchemaNode): readonly string[] {
  const children = [
    ...Object.values(node.properties ?? {}),
    ...(node.items === undefined ? [] : [node.items]),
    ...(node.additionalProperties === undefined ? [] : [node.additionalProperties]),
    ...(node.allOf ?? []),
  ];
  return [...(node.$ref === undefined ? [] : [node.$ref]), ...children.flatMap(refsOf)];
}

/**
 * Returns the files of `schemas/` by name: one definition a line, keys sorted, so that the same input gives the same
 * bytes and a newer version reads well as a change.
 *
 * @param kept the index that is there already; its other groups stay. @default - none
 */
export function schemaFiles(groups: SchemaGroups, kept: SchemaIndex = { groups: {} }): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [name, group] of groups) files.set(`${name}.json`, fileText(group));
  const made = [...groups].map(
    ([name, group]) => [name, { source: group.source, kinds: Object.fromEntries(group.kinds) }] as const,
  );
  const index: SchemaIndex = { groups: { ...kept.groups, ...Object.fromEntries(made) } };
  const lines = Object.keys(index.groups)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${sortedJson(index.groups[name])}`);
  files.set('index.json', `{"groups":{\n${lines.join(',\n')}\n}}\n`);
  return files;
}

function fileText(group: SchemaGroup): string {
  const lines = [...group.definitions.keys()]
    .sort()
    .map((name) => `${JSON.stringify(name)}:${sortedJson(group.definitions.get(name))}`);
  const file: keyof SchemaFile = 'definitions';
  return `{"source":${JSON.stringify(group.source)},"${file}":{\n${lines.join(',\n')}\n}}\n`;
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
