import { relative, resolve } from 'node:path';
import ts from 'typescript';

/** The statement of a file that a node belongs to. */
function statementOf(node: ts.Node): ts.Statement | undefined {
  let at = node;
  while (!ts.isSourceFile(at.parent)) {
    if (ts.isSourceFile(at)) return undefined;
    at = at.parent;
  }
  return at as ts.Statement;
}

const isType = (statement: ts.Statement): boolean =>
  ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isImportDeclaration(statement);

/** Whether a statement runs as soon as its file is loaded, whoever names what in it. */
const runsWhenLoaded = (statement: ts.Statement): boolean =>
  !isType(statement) &&
  !ts.isVariableStatement(statement) &&
  !ts.isFunctionDeclaration(statement) &&
  !ts.isClassDeclaration(statement);

/**
 * The statements of src that the program can come to from its entry files: what they name, what that names, and so on. Types are none,
 * and nothing is reached by way of a file that is left out.
 */
export function reachedFrom(
  program: ts.Program,
  entries: readonly string[],
  isLeftOut: (path: string) => boolean,
): ReadonlySet<ts.Statement> {
  const checker = program.getTypeChecker();
  const reached = new Set<ts.Statement>();
  const waiting: ts.Statement[] = [];
  const loaded = new Set<ts.SourceFile>();
  const add = (statement: ts.Statement): void => {
    const file = statement.getSourceFile();
    const path = relative('.', file.fileName);
    if (reached.has(statement) || isType(statement) || !path.startsWith('src/') || isLeftOut(path)) return;
    reached.add(statement);
    waiting.push(statement);
    if (loaded.has(file)) return;
    loaded.add(file);
    file.statements.filter(runsWhenLoaded).forEach(add);
  };
  const addFile = (file: ts.SourceFile | undefined): void => file?.statements.forEach(add);
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteralLike(specifier))
        addFile(program.getSourceFile(resolve(node.getSourceFile().fileName, '..', specifier.text)));
    }
    if (ts.isIdentifier(node)) {
      const named = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      const symbol =
        named !== undefined && (named.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(named) : named;
      for (const declaration of symbol?.declarations ?? []) {
        const statement = statementOf(declaration);
        if (statement !== undefined) add(statement);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const entry of entries) addFile(program.getSourceFile(resolve(entry)));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) visit(next);
  return reached;
}
