import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { compilerWithoutPackages, sourceOptions } from '../../scripts/source-compiler.ts';
import * as course from '../../src/model/carried-out/course.ts';
import * as surroundings from '../../src/model/carried-out/surroundings.ts';

/** A union of the model that somebody must carry out, the member that is made up for it, and the table that must ask for it. */
interface Union {
  /** File of `src/model` that declares it. */
  readonly file: string;
  /** Name of the type, and of a property of it that is the union. */
  readonly name: readonly [type: string, property?: string];
  /** Which property of that name, where the type has several. @default 0, the first */
  readonly nth?: number;
  readonly member: string;
  readonly tables: readonly string[];
}

const word = "'madeUp'";
const shape = (key: string): string => `{ readonly ${key}: 'madeUp' }`;

const unions: readonly Union[] = [
  { file: 'supply', name: ['Builder'], member: shape('kind'), tables: ['builders'] },
  { file: 'supply', name: ['Discovery'], member: shape('kind'), tables: ['discoveries'] },
  { file: 'supply', name: ['Trigger'], member: shape('on'), tables: ['supplyTriggers', 'stageTriggers'] },
  { file: 'supply', name: ['GitTransport', 'by'], member: word, tables: ['gitTransports'] },
  { file: 'stage', name: ['Intake'], member: shape('from'), tables: ['intakes'] },
  { file: 'stage', name: ['Promoter'], member: shape('kind'), tables: ['promoters'] },
  { file: 'stage', name: ['Gate'], member: shape('kind'), tables: ['gates'] },
  { file: 'stage', name: ['Locator'], member: shape('kind'), tables: ['locators'] },
  {
    file: 'stage',
    name: ['Engine'],
    member: "{ readonly kind: 'madeUp'; readonly source: 'none' }",
    tables: ['engines', 'engineSources'],
  },
  { file: 'stage', name: ['Engine', 'source'], member: word, tables: ['engineSources'] },
  { file: 'stage', name: ['Engine', 'source'], nth: 1, member: word, tables: ['engineSources'] },
  { file: 'artifact', name: ['Artifact', 'kind'], member: word, tables: ['artifactKinds'] },
  {
    file: 'charts/helm-chart',
    name: ['ChartRenderer'],
    member: "{ readonly kind: 'madeUp'; readonly kinds: [] }",
    tables: ['chartRenderers'],
  },
  { file: 'artifact', name: ['VersionScheme'], member: shape('kind'), tables: ['versionSchemes'] },
  { file: 'repository', name: ['Repository', 'holds'], member: word, tables: ['repositoryRoles'] },
  { file: 'formats/host', name: ['Host'], member: word, tables: ['hosts'] },
  { file: 'credential', name: ['Credential', 'store'], member: shape('kind'), tables: ['credentialStores'] },
  { file: 'database', name: ['Database', 'kind'], member: word, tables: ['databaseKinds'] },
  { file: 'network/ingress', name: ['IngressKind'], member: word, tables: ['ingresses'] },
];

const tableFiles = ['course', 'surroundings'].map((name) => resolve(`src/model/carried-out/${name}.ts`));

/** Tables of those that carry a word out, and the table of words whose entries they must have. */
const plugIns = [
  { file: 'src/builders/builders.ts', table: 'builders', of: 'course', words: 'builders' },
  { file: 'src/promoters/promoters.ts', table: 'promoters', of: 'course', words: 'promoters' },
  { file: 'src/engines/engines.ts', table: 'engines', of: 'surroundings', words: 'engines' },
  { file: 'src/hosts/hosts.ts', table: 'hosts', of: 'surroundings', words: 'hosts' },
  { file: 'src/databases/databases.ts', table: 'databases', of: 'surroundings', words: 'databaseKinds' },
  { file: 'src/ingresses/ingresses.ts', table: 'ingresses', of: 'surroundings', words: 'ingresses' },
  {
    file: 'src/databases/database-constructs.ts',
    table: 'databaseConstructs',
    of: 'surroundings',
    words: 'databaseKinds',
  },
  { file: 'src/ingresses/ingress-constructs.ts', table: 'routings', of: 'surroundings', words: 'ingresses' },
] as const;

/** The nth node below `node` that a test likes, itself included. */
function find(node: ts.Node, likes: (node: ts.Node) => boolean, nth = 0): ts.Node | undefined {
  let left = nth;
  const visit = (at: ts.Node): ts.Node | undefined =>
    likes(at) && left-- === 0 ? at : ts.forEachChild(at, (child) => visit(child));
  return visit(node);
}

const parsed = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

/** The text of a file with the member added to the union. */
function withMember(path: string, text: string, { name: [type, property], nth, member }: Union): string {
  const isNamed = (node: ts.Node, wanted: string): boolean =>
    (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isPropertySignature(node)) &&
    node.name.getText() === wanted;
  const declaration = find(parsed(path, text), (node) => isNamed(node, type));
  const holder =
    property === undefined || declaration === undefined
      ? declaration
      : find(declaration, (node) => ts.isPropertySignature(node) && isNamed(node, property), nth);
  const union =
    holder &&
    (find(holder, ts.isUnionTypeNode) ??
      (ts.isTypeAliasDeclaration(holder) || ts.isPropertySignature(holder) ? holder.type : undefined));
  if (union === undefined) throw new Error(`${path} has no ${[type, property].join('.')}`);
  return `${text.slice(0, union.end)} | ${member}${text.slice(union.end)}`;
}

/** The text of a table with a word that something carries out more. */
function withWord(path: string, text: string, table: string): string {
  const declaration = find(
    parsed(path, text),
    (node) => ts.isVariableDeclaration(node) && node.name.getText() === table,
  );
  const entries = declaration && find(declaration, ts.isObjectLiteralExpression);
  if (entries === undefined) throw new Error(`${path} has no table ${table}`);
  return `${text.slice(0, entries.end - 1)} madeUp: { by: 'somebody' } ${text.slice(entries.end - 1)}`;
}

/** Files as they were read, for every compilation after the first. */
const known = new Map<string, ts.SourceFile>();

/**
 * Names of the tables in these files that do not compile, when the text of files is another. Packages are not loaded: what comes from
 * them is anything.
 */
function brokenTables(
  files: readonly string[],
  change: (path: string, text: string) => string = (_, text) => text,
): readonly string[] {
  const host = compilerWithoutPackages();
  const read = host.readFile.bind(host);
  host.getSourceFile = (path) => {
    const text = read(path);
    if (text === undefined) return undefined;
    const changed = change(path, text);
    const before = known.get(path);
    if (before?.text === changed) return before;
    const file = parsed(path, changed);
    if (changed === text) known.set(path, file);
    return file;
  };
  const program = ts.createProgram(files, sourceOptions, host);
  const broken = files.flatMap((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`${path} is not there`);
    return program.getSemanticDiagnostics(file).flatMap(({ start = 0 }) => {
      const statement = file.statements.find((it) => it.pos <= start && start < it.end);
      return statement !== undefined && ts.isVariableStatement(statement)
        ? [statement.declarationList.declarations[0]?.name.getText() ?? '']
        : [];
    });
  });
  return [...new Set(broken)].sort();
}

describe('the tables of what is carried out', () => {
  test('compile with the unions as they are', () => {
    expect(brokenTables(tableFiles)).toEqual([]);
    expect(brokenTables(plugIns.map(({ file }) => resolve(file)))).toEqual([]);
  });

  test.each(unions.map((union) => [[union.name.join('.'), union.nth].join(' ').trim(), union] as const))(
    'fails to compile where %s has a member without an entry',
    (_, union) => {
      const broken = brokenTables(tableFiles, (path, text) =>
        path === resolve(`src/model/${union.file}.ts`) ? withMember(path, text, union) : text,
      );

      expect(broken).toEqual([...union.tables].sort());
    },
  );

  test('are asked for by a union, each', () => {
    const asked = new Set(unions.flatMap(({ tables }) => tables));

    expect(Object.keys({ ...course, ...surroundings }).filter((table) => !asked.has(table))).toEqual([]);
  });
});

describe('the tables of those that carry words out', () => {
  test.each(plugIns)(
    'fails to compile where $words has a word that $file has no entry for',
    ({ file, of, ...names }) => {
      const broken = brokenTables([resolve(file)], (path, text) =>
        path === resolve(`src/model/carried-out/${of}.ts`) ? withWord(path, text, names.words) : text,
      );

      expect(broken).toContain(names.table);
    },
  );
});
