import { readdirSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import ts from 'typescript';

/** A property of the delivery model, and the files that read it. */
export interface ModelWord {
  /** The type that declares it, and its place there, e.g. `Supply.copiesTo.branch`. */
  readonly name: string;
  /** A path from the delivery to it, e.g. `supplies[].copiesTo.branch`; unions add nothing to it. */
  readonly path: string;
  /** The value of `kind`, `on` or `from` of the union's member that declares it. */
  readonly member: string | undefined;
  /** The type as it is written. */
  readonly type: string;
  readonly isOptional: boolean;
  /** First to last line of its docstring, without `@default`. */
  readonly meaning: string;
  /** What its docstring says after `@default`. */
  readonly byDefault: string | undefined;
  readonly readers: readonly string[];
}

const isModel = (node: ts.Node): boolean => node.getSourceFile().fileName.includes('/src/model/');

/** Every file of src, type-checked without the packages that it loads: what comes from them is anything. */
function programOfSource(): ts.Program {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => resolve('src', name));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => ({
      resolvedModule:
        text.startsWith('.') && !text.includes('imports/')
          ? { resolvedFileName: resolve(containing, '..', text), extension: ts.Extension.Ts }
          : undefined,
    }));
  return ts.createProgram(files, options, host);
}

/** The value that tells a member of a union from the others. */
function memberOf(declaration: ts.Node): string | undefined {
  const literal = declaration.parent;
  if (!ts.isTypeLiteralNode(literal)) return undefined;
  for (const property of literal.members) {
    if (!ts.isPropertySignature(property) || !/^(kind|on|from)$/.test(property.name.getText())) continue;
    if (property.type !== undefined && ts.isLiteralTypeNode(property.type) && ts.isStringLiteral(property.type.literal))
      return property.type.literal.text;
  }
  return undefined;
}

/** The names of the types and properties around a declaration. */
function nameOf(declaration: ts.Node): string {
  const names: string[] = [];
  for (let node = declaration; !ts.isSourceFile(node); node = node.parent)
    if (ts.isPropertySignature(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      names.unshift(node.name.getText());
  const member = memberOf(declaration);
  const [type = '', ...rest] = names;
  return [member === undefined ? type : `${type}(${member})`, ...rest].join('.');
}

interface Declared {
  readonly declaration: ts.PropertySignature;
  readonly path: string;
}

/** Every property that a delivery can have, by its declaration. */
function propertiesOf(program: ts.Program): ReadonlyMap<ts.Declaration, Declared> {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolve('src/model/delivery.ts'));
  const root = file?.statements.find((it) => ts.isInterfaceDeclaration(it) && it.name.text === 'Delivery');
  if (root === undefined) throw new Error('src/model/delivery.ts declares no Delivery');
  const found = new Map<ts.Declaration, Declared>();
  const seen = new Set<ts.Type>();
  const visit = (type: ts.Type, path: string): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) {
      for (const part of type.types) visit(part, path);
      return;
    }
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (element !== undefined) {
      visit(element, `${path}[]`);
      return;
    }
    const value = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (value !== undefined) visit(value, `${path}.*`);
    if ((type.flags & ts.TypeFlags.Object) === 0) return;
    for (const property of checker.getPropertiesOfType(type)) {
      const [declaration] = property.declarations ?? [];
      if (declaration === undefined || !ts.isPropertySignature(declaration) || !isModel(declaration)) continue;
      const at = path === '' ? property.name : `${path}.${property.name}`;
      if (!found.has(declaration)) found.set(declaration, { declaration, path: at });
      visit(checker.getTypeOfSymbolAtLocation(property, declaration), at);
    }
  };
  visit(checker.getTypeAtLocation(root), '');
  return found;
}

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

/** Which files read which property. */
function readersOf(
  program: ts.Program,
  known: ReadonlyMap<ts.Declaration, Declared>,
): Map<ts.Declaration, Set<string>> {
  const checker = program.getTypeChecker();
  const readers = new Map<ts.Declaration, Set<string>>();
  const note = (symbol: ts.Symbol | undefined, file: string): void => {
    for (const declaration of symbol?.declarations ?? [])
      if (known.has(declaration)) readers.set(declaration, (readers.get(declaration) ?? new Set()).add(file));
  };
  const noteAll = (type: ts.Type, file: string, except: readonly string[] = [], depth = 0): void => {
    if (depth > 6) return;
    const parts = type.isUnionOrIntersection() ? type.types : [type];
    for (const part of parts) {
      const inner =
        checker.getIndexTypeOfType(part, ts.IndexKind.Number) ?? checker.getIndexTypeOfType(part, ts.IndexKind.String);
      if (inner !== undefined) noteAll(inner, file, [], depth + 1);
      for (const property of (part.flags & ts.TypeFlags.Object) === 0 ? [] : checker.getPropertiesOfType(part)) {
        const [declaration] = property.declarations ?? [];
        if (except.includes(property.name) || declaration === undefined || !known.has(declaration)) continue;
        note(property, file);
        noteAll(checker.getTypeOfSymbol(property), file, [], depth + 1);
      }
    }
  };
  const visit = (node: ts.Node, file: string): void => {
    if (ts.isPropertyAccessExpression(node)) note(checker.getSymbolAtLocation(node.name), file);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      note(checker.getTypeAtLocation(node.expression).getProperty(node.argumentExpression.text), file);
    if (ts.isObjectBindingPattern(node)) {
      const type = checker.getTypeAtLocation(node);
      const named = node.elements.flatMap((it) => {
        const key = it.propertyName ?? it.name;
        return it.dotDotDotToken === undefined && ts.isIdentifier(key) ? [key.text] : [];
      });
      for (const name of named)
        for (const part of type.isUnion() ? type.types : [type]) note(part.getProperty(name), file);
      if (node.elements.some((it) => it.dotDotDotToken !== undefined)) noteAll(type, file, named);
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
  for (const file of program.getSourceFiles()) {
    const path = relative('.', file.fileName);
    const isReader = path.startsWith('src/') && !/^src\/model\/(rules|carried-out)\b/.test(path);
    if (isReader) visit(file, path);
  }
  return readers;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Every property of the delivery model, in the order of the model's files. */
export function modelWords(): readonly ModelWord[] {
  const program = programOfSource();
  const known = propertiesOf(program);
  const readers = readersOf(program, known);
  return [...known.values()].map(({ declaration, path }) => {
    const docs = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
    const defaultTag = docs.flatMap(({ tags = [] }) => [...tags]).find(({ tagName }) => tagName.text === 'default');
    return {
      name: nameOf(declaration),
      path,
      member: memberOf(declaration),
      type: oneLine(declaration.type?.getText() ?? ''),
      isOptional: declaration.questionToken !== undefined,
      meaning: oneLine(docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ')),
      byDefault: defaultTag === undefined ? undefined : oneLine(ts.getTextOfJSDocComment(defaultTag.comment) ?? ''),
      readers: [...(readers.get(declaration) ?? [])].sort(),
    };
  });
}
