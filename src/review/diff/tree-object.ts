import { CORE_SCHEMA, loadAll, YAMLException } from 'js-yaml';
import type { KubernetesObject } from '../../model/application.ts';
import { chartFileAt } from '../../objects/files/chart-file.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';

/** One object of a tree: what a branch holds, what was rendered, or what lies in a folder. */
export interface TreeObject {
  readonly object: KubernetesObject;
  /** File below the tree's root, e.g. `manifests/shop/service.dev-orders-svc.yaml`. @default - no file */
  readonly path?: string;
  /** Text of that file when it holds this object alone: files with the same bytes are not looked into. @default - not known */
  readonly text?: string;
  /** Path of the construct that made it, e.g. `dev/shop/orders/workload`. @default - labels tell whose it is */
  readonly construct?: string;
}

/** The objects of a rendered environment as a tree. */
export function treeOfRendered({ objects, files }: RenderedEnvironment): readonly TreeObject[] {
  return [
    ...objects.map(({ path, object, construct }) => {
      const text = files.get(path);
      return { path, object, construct, ...(text === undefined ? {} : { text }) };
    }),
    ...treeOfChartFiles(files),
  ];
}

/** Of some files those that tell an engine to render a chart, as if each were an object: kind `Chart` and `ChartValues`, called as its folder. */
export const treeOfChartFiles = (files: ReadonlyMap<string, string>): readonly TreeObject[] =>
  [...files].flatMap(([path, text]) => {
    const at = chartFileAt(path);
    return at === undefined ? [] : [lazily({ path, text }, () => objectOfChart(path, text, at))];
  });

/** What such a file says, by names that an object has. */
function objectOfChart(
  path: string,
  text: string,
  { chart, file }: NonNullable<ReturnType<typeof chartFileAt>>,
): KubernetesObject {
  const [content] = loadDocuments(path, text);
  const said = typeof content === 'object' && content !== null ? (content as Readonly<Record<string, unknown>>) : {};
  const { apiVersion: _, name, ...rest } = said;
  const metadata = { name: chart };
  return file === 'values'
    ? { apiVersion: 'v2', kind: 'ChartValues', metadata, values: said }
    : { apiVersion: 'v2', kind: 'Chart', metadata, ...(name === chart ? {} : { chart: name }), ...rest };
}

/** YAML of a branch that holds no Kubernetes objects: the release, and whatever lies in hidden folders. */
const notObjects = /^release\.yaml$|(^|\/)\./;

/**
 * The objects of YAML files, by path. A file with one document is parsed when its object is first asked for, so that files
 * that did not change cost nothing.
 *
 * @param constructOf - construct path of a file's object, e.g. from `index.json`
 * @throws Error when a file is not YAML, with its path; a lazy one when its object is asked for
 */
export function treeOfFiles(
  files: ReadonlyMap<string, string>,
  constructOf: (path: string) => string | undefined = () => undefined,
): readonly TreeObject[] {
  return [...files].flatMap(([path, text]): readonly TreeObject[] => {
    if (!/\.ya?ml$/.test(path) || notObjects.test(path)) return [];
    if (chartFileAt(path) !== undefined) return treeOfChartFiles(new Map([[path, text]]));
    const construct = constructOf(path);
    const origin = { path, ...(construct === undefined ? {} : { construct }) };
    if (/^---/m.test(text)) return documentsOf(path, text).map((object) => ({ ...origin, object }));
    return [lazyObject({ ...origin, text })];
  });
}

/** A file that holds one object. */
interface ObjectFile {
  readonly path: string;
  readonly text: string;
  readonly construct?: string;
}

const lazyObject = (file: ObjectFile): TreeObject =>
  lazily(file, () => firstOf(file.path, documentsOf(file.path, file.text)));

function lazily(file: ObjectFile, parse: () => KubernetesObject): TreeObject {
  let parsed: KubernetesObject | undefined;
  return {
    ...file,
    get object() {
      return (parsed ??= parse());
    },
  };
}

function firstOf(path: string, objects: readonly KubernetesObject[]): KubernetesObject {
  const [object] = objects;
  if (object === undefined)
    throw new Error(`${path}: must hold a Kubernetes object with apiVersion, kind and metadata.name`);
  return object;
}

function documentsOf(path: string, text: string): readonly KubernetesObject[] {
  return loadDocuments(path, text).flatMap((document) => {
    if (document === null || document === undefined) return [];
    if (!isObject(document))
      throw new Error(`${path}: must hold Kubernetes objects with apiVersion, kind and metadata.name`);
    return [document];
  });
}

function loadDocuments(path: string, text: string): readonly unknown[] {
  const failure: { line?: number } = {};
  try {
    // The core schema has no timestamps: Kubernetes reads them as text.
    return loadAll(text, null, { schema: CORE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) failure.line = error.mark.line + 1;
  }
  // Without the parser's error as its cause: that one carries the whole text, whatever secret is in it.
  throw new Error(`${path}${failure.line === undefined ? '' : `:${failure.line}`}: is not YAML`);
}

function isObject(value: unknown): value is KubernetesObject {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('apiVersion' in value) ||
    !('kind' in value) ||
    !('metadata' in value)
  )
    return false;
  const { apiVersion, kind, metadata } = value;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null &&
    'name' in metadata &&
    typeof metadata.name === 'string'
  );
}
