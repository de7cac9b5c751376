import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import type { Delivery } from '../src/model/delivery.ts';
import { examplesOf } from './model-examples.ts';
import { readersOf } from './model-readers.ts';
import { compilerWithoutPackages, sourceOptions } from './source-compiler.ts';

/** A property of the delivery model, and the files that read it. */
export interface ModelWord {
  /** The type that declares it, and its place there, e.g. `Supply.copiesTo.branch`. */
  readonly name: string;
  /** First to last line of the docstring of the type that declares it. */
  readonly of: string;
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
  /** A value of it in one of the deliveries. @default - none says it */
  readonly example?: unknown;
  /** Whether the example is code: what no delivery holds as data. @default false */
  readonly isCode?: true;
}

/** What the words are read from. */
export interface ModelSources {
  /** Other texts of files of src, by path. @default - src as it is */
  readonly changed?: Readonly<Record<string, string>>;
  /** Deliveries to take examples from. @default - none */
  readonly deliveries?: readonly Delivery[];
}

const isModel = (node: ts.Node): boolean => node.getSourceFile().fileName.includes('/src/model/');

/** Files of src as they were read, for every program after the first. */
const known = new Map<string, ts.SourceFile>();

/**
 * Every file of src, type-checked without the packages that it loads: what comes from them is anything.
 *
 * @param changed - other texts, and files that are not there, by path. @default - src as it is
 */
function programOfSource(changed: Readonly<Record<string, string>> = {}): ts.Program {
  const others = new Map(Object.entries(changed).map(([path, text]) => [resolve(path), text]));
  const there = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => resolve('src', name));
  const files = [...new Set([...there, ...others.keys()])];
  const host = compilerWithoutPackages();
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target) => {
    const other = others.get(path);
    if (other !== undefined) return ts.createSourceFile(path, other, target, true);
    const file = known.get(path) ?? read(path, target);
    if (file !== undefined) known.set(path, file);
    return file;
  };
  return ts.createProgram(files, sourceOptions, host);
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

/** A property of the model as it is declared, and a path from the delivery to it. */
export interface Declared {
  readonly declaration: ts.PropertySignature;
  readonly path: string;
}

/** The type of what a project.ts returns. @throws when there is none */
function deliveryType(program: ts.Program): ts.Type {
  const file = program.getSourceFile(resolve('src/model/delivery.ts'));
  const root = file?.statements.find((it) => ts.isInterfaceDeclaration(it) && it.name.text === 'Delivery');
  if (root === undefined) throw new Error('src/model/delivery.ts declares no Delivery');
  return program.getTypeChecker().getTypeAtLocation(root);
}

/** Every property that a delivery can have, by its declaration. */
function propertiesOf(checker: ts.TypeChecker, root: ts.Type): ReadonlyMap<ts.Declaration, Declared> {
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
  visit(root, '');
  return found;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const docsOf = (node: ts.Node): readonly ts.JSDoc[] => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);

/** What a docstring says before its tags. */
const meaningOf = (node: ts.Node): string =>
  oneLine(
    docsOf(node)
      .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
      .join(' '),
  );

/** The interface or the alias that a property is declared in. */
function typeOf(declaration: ts.Node): ts.Node {
  let node = declaration;
  while (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node) && !ts.isSourceFile(node.parent))
    node = node.parent;
  return node;
}

/** A function of this type, as one begins to write it. */
const functionOf = ({ parameters }: ts.FunctionTypeNode): string =>
  `(${parameters.map(({ name }) => name.getText()).join(', ')}) => { … }`;

/** Every property of the delivery model, in the order of the model's files. */
export function modelWords({ changed = {}, deliveries = [] }: ModelSources = {}): readonly ModelWord[] {
  const program = programOfSource(changed);
  const checker = program.getTypeChecker();
  const root = deliveryType(program);
  const declared = propertiesOf(checker, root);
  const examples = examplesOf(checker, root, deliveries);
  const readers = readersOf(program, declared);
  return [...declared.values()].map(({ declaration, path }) => {
    const docs = docsOf(declaration);
    const defaultTag = docs.flatMap(({ tags = [] }) => [...tags]).find(({ tagName }) => tagName.text === 'default');
    return {
      name: nameOf(declaration),
      of: meaningOf(typeOf(declaration)),
      path,
      member: memberOf(declaration),
      type: oneLine(declaration.type?.getText() ?? ''),
      isOptional: declaration.questionToken !== undefined,
      meaning: meaningOf(declaration),
      byDefault: defaultTag === undefined ? undefined : oneLine(ts.getTextOfJSDocComment(defaultTag.comment) ?? ''),
      readers: [...(readers.get(declaration) ?? [])].sort(),
      ...(examples.has(declaration) ? { example: examples.get(declaration) } : {}),
      ...(deliveries.length > 0 && declaration.type !== undefined && ts.isFunctionTypeNode(declaration.type)
        ? { example: functionOf(declaration.type), isCode: true as const }
        : {}),
    };
  });
}
