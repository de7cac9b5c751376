/**
 * Makes test/review/schema/kubernetes-lines.json: what the sources of Kubernetes say of kinds and fields that not every line
 * serves. The tables in src/review/schema are written by hand, and held against it.
 *
 *     for line in 28 29 30 31 32 33 34 35; do go mod download k8s.io/api@v0.$line.0; done
 *     go mod download k8s.io/api@v0.36.3 k8s.io/apiserver@v0.36.3 k8s.io/apiextensions-apiserver@v0.36.3 k8s.io/kubernetes@v1.36.3
 *     npx tsx scripts/kubernetes-lines.ts "$(go env GOMODCACHE)/k8s.io"
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servedFields } from '../src/review/schema/served/served-fields.ts';

/** Modules of the lines, oldest first; the first is 1.28. */
const versions = ['28.0', '29.0', '30.0', '31.0', '32.0', '33.0', '34.0', '35.0', '36.3'];
const newest = '36.3';
const oldestLine = 28;
const [modules = ''] = process.argv.slice(2);
if (!existsSync(modules)) throw new Error(`must be the folder k8s.io of Go's module cache, got "${modules}"`);

/** What is asked of an API server and never kept there, or is not delivered. */
const neverKept =
  /^(AdmissionReview|APIGroupDiscovery|DeploymentRollback|Scale|\w+Review|Eviction|\w+Options|\w+List|Event|\w+Event|Status|PodStatusResult|RangeAllocation|SerializedReference)$/;

interface Version {
  /** As an object has it, e.g. `apps/v1`. */
  readonly apiVersion: string;
  readonly folder: string;
}

const text = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const lineOf = (index: number): string => `1.${oldestLine + index}`;
const minor = (line: string): number => Number(line.split('.')[1]);

/** Every group and version of a module of the API. */
function versionsOf(module: string): readonly Version[] {
  const root = join(modules, `api@v0.${module}`);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((group) =>
      readdirSync(join(root, group.name)).map((version) => ({ folder: join(root, group.name, version), version })),
    )
    .filter(({ folder }) => existsSync(join(folder, 'register.go')) && existsSync(join(folder, 'types.go')))
    .map(({ folder, version }) => {
      const group = /GroupName = "([^"]*)"/.exec(text(folder, 'register.go'))?.[1] ?? '';
      return { folder, apiVersion: group === '' ? version : `${group}/${version}` };
    });
}

/** Fields of each type with its feature gates, those of embedded types included. */
function fieldsIn(source: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const types = new Map<string, { readonly own: Map<string, readonly string[]>; readonly embedded: string[] }>();
  for (const [, name = '', body = ''] of source.matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)) {
    const type = { own: new Map<string, readonly string[]>(), embedded: [] as string[] };
    let comments: string[] = [];
    for (const line of body.split('\n').map((it) => it.trim())) {
      const field = /json:"(\w+)/.exec(line)?.[1];
      if (line.startsWith('//')) comments.push(line);
      else {
        if (field !== undefined)
          type.own.set(
            field,
            comments.flatMap((it) => /\+featureGate=(\S+)/.exec(it)?.[1]?.split(',') ?? []),
          );
        const embedded = /^(\w+)\s+`json:",inline/.exec(line)?.[1];
        if (embedded !== undefined) type.embedded.push(embedded);
        comments = [];
      }
    }
    types.set(name, type);
  }
  return new Map(
    [...types].map(([name, { own, embedded }]) => [
      name,
      new Map([...embedded.flatMap((other) => [...(types.get(other)?.own ?? [])]), ...own]),
    ]),
  );
}

/** The line from which each feature gate is on; undefined: never. */
function gates(): ReadonlyMap<string, string | undefined> {
  const folders = [`kubernetes@v1.${newest}`, `apiserver@v0.${newest}`, `apiextensions-apiserver@v0.${newest}`].map(
    (module) => join(modules, module, 'pkg/features'),
  );
  const found = new Map<string, string | undefined>();
  for (const folder of folders)
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.go')))
      for (const [, name = '', specs = ''] of text(folder, file).matchAll(
        /^\t([\w.]+): \{\n((?:\t\t(?:\{Version|\/\/).*\n)+)\t\},/gm,
      )) {
        const gate = name.split('.').at(-1) ?? '';
        if (!found.has(gate)) found.set(gate, /MustParse\("([\d.]+)"\), Default: true/.exec(specs)?.[1]);
      }
  return found;
}

/** Kinds of every line that are no stable ones of the oldest: the first line that has them, and their life cycle. */
function kindsOf(
  lines: readonly (readonly Version[])[],
): Readonly<Record<string, Record<string, Record<string, string>>>> {
  const kinds = new Map<string, Record<string, string>>();
  for (const [i, versionsHere] of lines.entries())
    for (const { apiVersion, folder } of versionsHere) {
      const lifecycle = join(folder, 'zz_generated.prerelease-lifecycle.go');
      const source = existsSync(lifecycle) ? text(lifecycle) : '';
      for (const [, kind = ''] of text(folder, 'register.go').matchAll(/&(\w+)\{\}/g)) {
        if (neverKept.test(kind)) continue;
        const stage = (word: string): string | undefined =>
          new RegExp(`\\*${kind}\\) APILifecycle${word}\\(\\)[^{]*\\{\\n\\treturn (\\d+), (\\d+)`)
            .exec(source)
            ?.slice(1, 3)
            .join('.');
        const [introduced, removed] = [stage('Introduced'), stage('Removed')];
        kinds.set(`${apiVersion} ${kind}`, {
          first: kinds.get(`${apiVersion} ${kind}`)?.['first'] ?? lineOf(i),
          ...(introduced === undefined ? {} : { introduced }),
          ...(removed === undefined ? {} : { removed }),
        });
      }
    }
  const told = [...kinds]
    .filter(([name, { first = '' }]) => /\/v\d+(alpha|beta)/.test(name) || minor(first) > oldestLine)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const byVersion: Record<string, Record<string, Record<string, string>>> = {};
  for (const [name, life] of told) {
    const [apiVersion = '', kind = ''] = name.split(' ');
    (byVersion[apiVersion] ??= {})[kind] = life;
  }
  return byVersion;
}

/** Definitions of `schemas/`, as the table names them: their fields. */
function definitions(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    readdirSync('schemas')
      .filter((file) => file !== 'index.json')
      .flatMap((file) => {
        const all = JSON.parse(text('schemas', file)) as {
          readonly definitions: Readonly<Record<string, { readonly properties?: object }>>;
        };
        return Object.entries(all.definitions).map(([name, { properties = {} }]): [string, readonly string[]] => [
          `${file.replace(/\.json$/, '')}#${name}`,
          Object.keys(properties),
        ]);
      }),
  );
}

/** Fields that are newer than their type, or that a gate goes on guarding after the type is served. */
function fieldsOf(
  lines: readonly (readonly Version[])[],
  on: ReadonlyMap<string, string | undefined>,
): Record<string, Record<string, object>> {
  const typesOf = lines.map(
    (versionsHere) =>
      new Map(
        versionsHere.flatMap(({ apiVersion, folder }) => {
          const prefix = apiVersion.includes('/') ? apiVersion.replace('/', '#') : `core#${apiVersion}`;
          return [...fieldsIn(text(folder, 'types.go'))].map(([name, fields]): [string, typeof fields] => [
            `${prefix}.${name}`,
            fields,
          ]);
        }),
      ),
  );
  const told: Record<string, Record<string, object>> = {};
  for (const [name, held] of [...definitions()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fields = typesOf.at(-1)?.get(name);
    const typeFirst = typesOf.findIndex((types) => types.has(name));
    for (const [field, marks] of [...(fields ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!held.includes(field)) continue;
      const first = typesOf.findIndex((types) => types.get(name)?.has(field) === true);
      const known = marks.filter((gate) => on.has(gate));
      if (marks.length > 0 && known.length === 0 && first === 0) continue;
      const since = known.map((gate) => on.get(gate));
      const coveredByType =
        marks.length === 0 ||
        (known.length > 0 && since.every((line) => line !== undefined && minor(line) <= oldestLine + typeFirst));
      if (first === typeFirst && coveredByType) continue;
      (told[name] ??= {})[field] = { known: lineOf(first), ...(marks.length === 0 ? {} : { gates: marks }) };
    }
  }
  return told;
}

const lines = versions.map(versionsOf);
const on = gates();
const fields = fieldsOf(lines, on);
const marked = Object.values(fields).flatMap((all) =>
  Object.values(all).flatMap((it) => ('gates' in it ? (it.gates as string[]) : [])),
);
const inTable = Object.values(servedFields).flatMap((all) => Object.values(all).flatMap(({ gate }) => gate ?? []));
const asked = [...new Set([...marked.filter((gate) => on.has(gate)), ...inTable])].sort();
writeFileSync(
  'test/review/schema/kubernetes-lines.json',
  `${JSON.stringify(
    {
      madeFrom: `k8s.io/api v0.${versions[0] ?? ''} to v0.${newest} (types.go, register.go, zz_generated.prerelease-lifecycle.go) and the feature gates of k8s.io/kubernetes, apiserver and apiextensions-apiserver 1.${newest}`,
      kinds: kindsOf(lines),
      fields,
      gates: Object.fromEntries(asked.map((gate) => [gate, on.has(gate) ? (on.get(gate) ?? null) : 'gone'])),
    },
    null,
    2,
  )}\n`,
);
