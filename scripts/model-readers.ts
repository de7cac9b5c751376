import { relative } from 'node:path';
import ts from 'typescript';
import type { Declared } from './model-words.ts';
import { reachedFrom } from './reached-code.ts';

/** Where the program begins: the command line, and the program of each stack. */
const entries = ['src/cli/main.ts', 'src/pulumi/program.ts'];

/** Those who only judge what is said: a property that they alone read changes nothing. */
const isJudge = (path: string): boolean => /^src\/model\/(?:rules|carried-out|shape)(?:\/|\.ts$)/.test(path);

/** Whether a value of the model goes to something that is not of the model, so that all of it is read there. */
function isHandedOver(node: ts.Expression, type: ts.Type, checker: ts.TypeChecker): boolean {
  const wanted = checker.getContextualType(node);
  if (wanted === undefined) return false;
  if ((wanted.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return true;
  const own = new Set(checker.getPropertiesOfType(type).flatMap(({ declarations }) => declarations ?? []));
  const others = checker.getPropertiesOfType(checker.getNonNullableType(wanted));
  return others.length > 0 && !others.some(({ declarations = [] }) => declarations.some((it) => own.has(it)));
}

/** Whether an expression is given to somebody: as an argument, a result or a field, or with all its fields. */
const isGiven = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) ||
  ts.isConditionalExpression(parent) ||
  ts.isArrowFunction(parent) ||
  ts.isReturnStatement(parent) ||
  ts.isCallExpression(parent) ||
  ts.isNewExpression(parent) ||
  ts.isPropertyAssignment(parent) ||
  ts.isShorthandPropertyAssignment(parent) ||
  ts.isSpreadAssignment(parent);

/** Which files read which property, in code that the program reaches without asking a rule. */
export function readersOf(
  program: ts.Program,
  known: ReadonlyMap<ts.Declaration, Declared>,
): Map<ts.Declaration, Set<string>> {
  const checker = program.getTypeChecker();
  const readers = new Map<ts.Declaration, Set<string>>();
  const note = (symbol: ts.Symbol | undefined, file: string): void => {
    for (const declaration of symbol?.declarations ?? [])
      if (known.has(declaration)) readers.set(declaration, (readers.get(declaration) ?? new Set()).add(file));
  };
  const noteAll = (type: ts.Type, file: string, depth = 0): void => {
    if (depth > 6) return;
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    for (const part of parts) {
      const inner =
        checker.getIndexTypeOfType(part, ts.IndexKind.Number) ?? checker.getIndexTypeOfType(part, ts.IndexKind.String);
      if (inner !== undefined) noteAll(inner, file, depth + 1);
      for (const property of (part.flags & ts.TypeFlags.Object) === 0 ? [] : checker.getPropertiesOfType(part)) {
        const [declaration] = property.declarations ?? [];
        if (declaration === undefined || !known.has(declaration)) continue;
        note(property, file);
        noteAll(checker.getTypeOfSymbol(property), file, depth + 1);
      }
    }
  };
  const visit = (node: ts.Node, file: string): void => {
    if (ts.isPropertyAccessExpression(node)) note(checker.getSymbolAtLocation(node.name), file);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      note(checker.getTypeAtLocation(node.expression).getProperty(node.argumentExpression.text), file);
    if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      // A field that is dropped is not read, and the rest of them is where it is given to somebody.
      const named = node.elements.flatMap(({ name, propertyName, dotDotDotToken }) => {
        const key = propertyName ?? name;
        const isDropped = propertyName !== undefined && ts.isIdentifier(name) && name.text.startsWith('_');
        return dotDotDotToken === undefined && ts.isIdentifier(key) && !isDropped ? [key.text] : [];
      });
      for (const name of named)
        for (const part of type.isUnion() ? type.types : [type]) note(part.getProperty(name), file);
    }
    if ((ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) && isGiven(node)) {
      const type = checker.getNonNullableType(checker.getTypeAtLocation(node));
      const isOfModel = checker
        .getPropertiesOfType(type)
        .some(({ declarations = [] }) => declarations.some((it) => known.has(it)));
      if (isOfModel && isHandedOver(node, type, checker)) noteAll(type, file);
    }
    ts.forEachChild(node, (child) => {
      visit(child, file);
    });
  };
  for (const statement of reachedFrom(program, entries, isJudge))
    visit(statement, relative('.', statement.getSourceFile().fileName));
  return readers;
}
