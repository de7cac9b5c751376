import { evenNode } from './even-node.ts';
import type { KindScope, ReadSchema, SchemaFile, SchemaIndex, SchemaNode } from './schema-node.ts';

/** What names a kind. `apiVersion` is `group/version`, or the version alone for the core group. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The schemas by kind. Files are read when a kind of their group is first asked for, and once. */
export class SchemaCatalog {
  readonly #readSchema: ReadSchema;
  readonly #files = new Map<string, SchemaFile>();
  readonly #nodes = new Map<string, SchemaNode>();
  /** Schemas of kinds that were asked for, by `apiVersion` and kind. */
  readonly #kinds = new Map<string, Map<string, SchemaNode | undefined>>();
  #index: SchemaIndex | undefined;

  /** @param readSchema reads one file of `schemas/`, e.g. what `schemaReader` returns */
  constructor(readSchema: ReadSchema) {
    this.#readSchema = readSchema;
  }

  /** Returns the schema of a kind, or undefined when there is none. */
  kindSchema(object: ObjectKind): SchemaNode | undefined {
    const kinds = this.#kinds.get(object.apiVersion) ?? new Map<string, SchemaNode | undefined>();
    if (kinds.has(object.kind)) return kinds.get(object.kind);
    const [group, version] = groupAndVersion(object.apiVersion);
    const isKnown = Object.hasOwn(this.#kindsOf(group), `${version}/${object.kind}`);
    const schema = isKnown ? this.resolve(`${group}#${version}.${object.kind}`) : undefined;
    this.#kinds.set(object.apiVersion, kinds.set(object.kind, schema));
    return schema;
  }

  /** Returns whether objects of the kind live in a namespace, or undefined when there is no schema for it. */
  scope(object: ObjectKind): KindScope | undefined {
    const [group, version] = groupAndVersion(object.apiVersion);
    const kinds = this.#kindsOf(group);
    const key = `${version}/${object.kind}`;
    return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
  }

  /** Returns every kind that there is a schema for. */
  kinds(): readonly ObjectKind[] {
    return Object.entries(this.#groups()).flatMap(([group, { kinds }]) =>
      Object.keys(kinds).map((key) => {
        const [version = '', kind = ''] = key.split('/');
        return { apiVersion: group === 'core' ? version : `${group}/${version}`, kind };
      }),
    );
  }

  /**
   * Returns a definition.
   *
   * @param ref `group#name`, e.g. `core#v1.PodSpec`
   * @throws Error when `schemas/` does not hold it, that is, when its files do not belong together
   */
  resolve(ref: string): SchemaNode {
    const known = this.#nodes.get(ref);
    if (known !== undefined) return known;
    const [group = '', name = ''] = ref.split('#');
    const definitions = this.#file(group).definitions;
    const node = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (node === undefined)
      throw new Error(`schemas/${group}.json: holds no definition ${name}; run scripts/make-schemas.ts again`);
    const even = evenNode(node);
    this.#nodes.set(ref, even);
    return even;
  }

  #kindsOf(group: string): Readonly<Record<string, KindScope>> {
    const groups = this.#groups();
    return Object.hasOwn(groups, group) ? (groups[group]?.kinds ?? {}) : {};
  }

  #groups(): SchemaIndex['groups'] {
    this.#index ??= this.#readSchema('index') as SchemaIndex;
    return this.#index.groups;
  }

  #file(group: string): SchemaFile {
    const known = this.#files.get(group);
    if (known !== undefined) return known;
    const file = this.#readSchema(group) as SchemaFile;
    this.#files.set(group, file);
    return file;
  }
}

function groupAndVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? ['core', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}
