import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** A name that the package exports. */
export interface Exported {
  readonly name: string;
  /** Of the repository, where it is declared. */
  readonly file: string;
  /** Its docstring and its declaration, as a user's editor shows them. */
  readonly declaration: string;
  /** Whether it says what it is for. */
  readonly documented: boolean;
  /** Types that its declaration names; without its own parameters, and without those that its file keeps to itself. */
  readonly mentions: readonly string[];
}

/** What one of the package's entries exports. */
export interface Surface {
  /** What a user imports from, e.g. `@portolan-delivery/portolan/constructs`. */
  readonly from: string;
  /** Of the repository. @default - it is JavaScript, which Pulumi calls */
  readonly entry?: string;
  readonly exports: readonly Exported[];
}

type Declared = ts.Statement & ts.JSDocContainer;

/** The declarations of a source file, as the compiler would write them for it alone. */
function declarationsIn(file: string): ts.SourceFile {
  const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
  });
  return ts.createSourceFile(file, outputText, ts.ScriptTarget.ES2022, true);
}

/** The name under which a statement exports all of another module. */
const namespaceOf = ({ exportClause }: ts.ExportDeclaration): string | undefined =>
  exportClause !== undefined && ts.isNamespaceExport(exportClause) ? exportClause.name.text : undefined;

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isExportDeclaration(statement)) return namespaceOf(statement);
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  )
    return statement.name?.text;
  return undefined;
}

function mentionsOf(statement: ts.Statement, { statements }: ts.SourceFile): readonly string[] {
  const names = new Set<string>();
  const own = new Set(statements.filter((it) => !isExported(it)).map(nameOf));
  const visit = (node: ts.Node): void => {
    if (ts.isTypeParameterDeclaration(node)) own.add(node.name.text);
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.add(node.typeName.text);
    if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return [...names].filter((name) => !own.has(name)).sort();
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** Every name that a file re-exports, with the file that declares it. */
function reExportsOf(entry: string): readonly (readonly [name: string, file: string])[] {
  const source = ts.createSourceFile(entry, readFileSync(entry, 'utf8'), ts.ScriptTarget.ES2022);
  return source.statements.flatMap((statement) => {
    const namespace = ts.isExportDeclaration(statement) ? namespaceOf(statement) : undefined;
    if (namespace !== undefined) return [[namespace, entry]];
    if (
      !ts.isExportDeclaration(statement) ||
      statement.moduleSpecifier === undefined ||
      !ts.isStringLiteral(statement.moduleSpecifier) ||
      statement.exportClause === undefined ||
      !ts.isNamedExports(statement.exportClause)
    )
      throw new Error(`${entry}: must hold nothing but exports by name`);
    const file = posix.join(posix.dirname(entry), statement.moduleSpecifier.text);
    return statement.exportClause.elements.map(({ name }) => [name.text, file] as const);
  });
}

function exportedAs(name: string, file: string, declarations: ts.SourceFile): Exported {
  const statement = declarations.statements.find((it) => nameOf(it) === name) as Declared | undefined;
  if (statement === undefined) throw new Error(`${file}: declares no ${name}`);
  const documented = ts.getJSDocCommentsAndTags(statement).some((it) => ts.isJSDoc(it) && it.comment !== undefined);
  const text = statement.getFullText().trim();
  // What stands above a file's first statement may be a word on the file.
  const start = documented ? Math.max(0, text.lastIndexOf('/**', text.indexOf(statement.getText()))) : 0;
  return {
    name,
    file,
    declaration: text.slice(start),
    documented,
    mentions: mentionsOf(statement, declarations),
  };
}

/** What every entry of the package exports, as package.json and the sources say it. */
export function publicSurface(): readonly Surface[] {
  const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  return Object.entries(exports).map(([path, target]) => {
    const from = posix.join(name, path);
    const entry = typeof target === 'string' ? undefined : posix.normalize(target['portolan-source'] ?? '');
    if (entry === undefined || entry.startsWith('imports/')) return { from, ...(entry && { entry }), exports: [] };
    const files = new Map<string, ts.SourceFile>();
    return {
      from,
      entry,
      exports: reExportsOf(entry)
        .map(([exported, file]) => {
          const declarations = files.get(file) ?? declarationsIn(file);
          files.set(file, declarations);
          return exportedAs(exported, file, declarations);
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });
}

/** The surface as docs/surface.md holds it. */
export function surfaceDocument(surface: readonly Surface[]): string {
  const sections = surface.map(({ from, entry, exports }) => {
    if (entry === undefined) return `## \`${from}\`\n\nFor programs, and not to be imported by a project.\n`;
    if (exports.length === 0) return `## \`${from}\`\n\nMade by \`cdk8s import\`: one class for each kind.\n`;
    return `## \`${from}\`\n\n${exports
      .map(({ name, declaration }) => `### ${name}\n\n\`\`\`ts\n${declaration}\n\`\`\`\n`)
      .join('\n')}`;
  });
  return `# What the package exports

Everything else of it is closed. A change here is a change for users: what goes, or gets narrower, needs a new major version, and a line in
[upgrade.md](upgrade.md). Written by \`npm run surface\`.

${sections.join('\n')}`;
}
