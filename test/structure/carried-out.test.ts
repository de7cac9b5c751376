import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

/** A union of the model that somebody must carry out, the member that is made up for it, and the table that must ask for it. */
interface Union {
  readonly file: string;
  /** Name of the type, and of a property of it that is the union. */
  readonly name: readonly [type: string, property?: string];
  readonly member: string;
  readonly table: string;
}

const word = "'madeUp'";
const shape = (key: string): string => `{ readonly ${key}: 'madeUp' }`;

const unions: readonly Union[] = [
  { file: 'supply', name: ['Builder'], member: shape('kind'), table: 'builders' },
  { file: 'supply', name: ['Discovery'], member: shape('kind'), table: 'discoveries' },
  { file: 'supply', name: ['Trigger'], member: shape('on'), table: 'supplyTriggers, stageTriggers' },
  { file: 'supply', name: ['GitTransport', 'by'], member: word, table: 'gitTransports' },
  { file: 'stage', name: ['Intake'], member: shape('from'), table: 'intakes' },
  { file: 'stage', name: ['Promoter'], member: word, table: 'promoters' },
  { file: 'stage', name: ['Gate'], member: shape('kind'), table: 'gates' },
  { file: 'stage', name: ['Locator'], member: shape('kind'), table: 'locators' },
  { file: 'stage', name: ['Verification'], member: word, table: 'verifications' },
  { file: 'stage', name: ['Engine'], member: "{ readonly kind: 'madeUp'; readonly source: 'none' }", table: 'engines' },
  { file: 'stage', name: ['Engine', 'source'], member: word, table: 'engineSources' },
  { file: 'artifact', name: ['Artifact', 'kind'], member: word, table: 'artifactKinds' },
  { file: 'artifact', name: ['VersionScheme'], member: shape('kind'), table: 'versionSchemes' },
  { file: 'repository', name: ['Repository', 'holds'], member: word, table: 'repositoryRoles' },
  { file: 'host', name: ['Host'], member: word, table: 'hosts' },
  { file: 'credential', name: ['Credential', 'store'], member: shape('kind'), table: 'credentialStores' },
  { file: 'database', name: ['Database', 'kind'], member: word, table: 'databaseKinds' },
  { file: 'environment', name: ['IngressKind'], member: word, table: 'ingresses' },
];

const tableFiles = ['course', 'surroundings'].map((name) => resolve(`src/model/carried-out/${name}.ts`));
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts'],
  types: [],
};

/** The first node below `node` that a test likes, itself included. */
const find = (node: ts.Node, likes: (node: ts.Node) => boolean): ts.Node | undefined =>
  likes(node) ? node : ts.forEachChild(node, (child) => find(child, likes));

/** The text of a file with the member added to the union. */
function withMember(path: string, text: string, { name: [type, property], member }: Union): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const isNamed = (node: ts.Node, wanted: string): boolean =>
    (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isPropertySignature(node)) &&
    node.name.getText() === wanted;
  const declaration = find(file, (node) => isNamed(node, type));
  const holder =
    property === undefined || declaration === undefined
      ? declaration
      : find(declaration, (node) => ts.isPropertySignature(node) && isNamed(node, property));
  const union =
    holder &&
    (find(holder, ts.isUnionTypeNode) ??
      (ts.isTypeAliasDeclaration(holder) || ts.isPropertySignature(holder) ? holder.type : undefined));
  if (union === undefined) throw new Error(`${path} has no ${[type, property].join('.')}`);
  return `${text.slice(0, union.end)} | ${member}${text.slice(union.end)}`;
}

/** Names of the tables that do not compile, with members made up for unions. */
function brokenTables(madeUp: readonly Union[]): readonly string[] {
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.getSourceFile = (path, languageVersion) => {
    const text = read(path);
    if (text === undefined) return undefined;
    const own = madeUp.filter(({ file }) => resolve(`src/model/${file}.ts`) === resolve(path));
    const changed = own.reduce((before, union) => withMember(path, before, union), text);
    return ts.createSourceFile(path, changed, languageVersion, true);
  };
  const program = ts.createProgram(tableFiles, options, host);
  const broken = tableFiles.flatMap((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`${path} is not there`);
    return program.getSemanticDiagnostics(file).map(({ start = 0 }) => {
      const statement = file.statements.find((it) => it.pos <= start && start < it.end);
      return statement !== undefined && ts.isVariableStatement(statement)
        ? (statement.declarationList.declarations[0]?.name.getText() ?? '')
        : (statement?.getText() ?? '');
    });
  });
  return [...new Set(broken)];
}

describe('the tables of what is carried out', () => {
  test('compile with the unions as they are', () => {
    expect(brokenTables([])).toEqual([]);
  });

  test('fails to compile wherever a union has a member without an entry', () => {
    const expected = unions.flatMap(({ table }) => table.split(', '));

    expect([...brokenTables(unions)].sort()).toEqual([...expected].sort());
  });
});
