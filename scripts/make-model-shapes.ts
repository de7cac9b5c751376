/**
 * Makes src/model/shape/model-shapes.ts: what a delivery must look like, read from the model's own types.
 *
 *     npm run shapes
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Shape } from '../src/model/shape/shape.ts';

/** The type that everything begins with, and the file that defines it. */
const root = { file: 'src/model/delivery.ts', type: 'Delivery' };

/** The file that holds what was made, from the repository's root. */
export const shapesFile = 'src/model/shape/model-shapes.ts';

/**
 * The text of {@link shapesFile}.
 *
 * @param folder - the repository's root
 * @param source - the file that holds the type, and its name. @default - the delivery
 * @throws when a type says what data cannot hold, e.g. `null`
 */
export function modelShapes(folder: string, source: { readonly file: string; readonly type: string } = root): string {
  const { config } = ts.readConfigFile(path.join(folder, 'tsconfig.json'), (file) => readFileSync(file, 'utf8')) as {
    readonly config: { readonly compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, types: [], incremental: false, tsBuildInfoFile: undefined },
    folder,
  );
  const program = ts.createProgram([path.join(folder, source.file)], options);
  const shapes = new ShapeReader(program).read(path.join(folder, source.file), source.type);
  const lines = shapes.map(([name, shape]) => `  ${name}: ${JSON.stringify(shape)},\n`);
  return `import type { Shape } from './shape.ts';

/** What each type of the model looks like. Made by \`npm run shapes\` from the types; never edited. */
export const modelShapes: Readonly<Record<string, Shape>> = {
${lines.join('')}};
`;
}

class ShapeReader {
  private readonly checker: ts.TypeChecker;
  private readonly named = new Map<string, Shape>();
  /** The file of each name, because a name that two files define would be one shape. */
  private readonly definedIn = new Map<string, string>();

  constructor(private readonly program: ts.Program) {
    this.checker = program.getTypeChecker();
  }

  /** The shape of an exported type, and of every type with a name that it leads to, by name. */
  read(file: string, name: string): readonly (readonly [name: string, shape: Shape])[] {
    const source = this.program.getSourceFile(file);
    const module = source === undefined ? undefined : this.checker.getSymbolAtLocation(source);
    const symbol = module === undefined ? undefined : this.checker.tryGetMemberInModuleExports(name, module);
    if (symbol === undefined) throw new Error(`${file} exports no type ${name}`);
    this.shapeOf(this.checker.getDeclaredTypeOfSymbol(symbol), name);
    return [...this.named].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private shapeOf(type: ts.Type, at: string): Shape {
    const name = this.ownName(type);
    if (name === undefined) return this.unnamed(type, at);
    if (!this.named.has(name)) {
      this.named.set(name, 'data');
      this.named.set(name, this.unnamed(type, name));
    }
    return `#${name}`;
  }

  /** The name of a type that the model declares; none for what the language or a library declares. */
  private ownName(type: ts.Type): string | undefined {
    const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
    const declaredIn = symbol?.declarations?.[0]?.getSourceFile();
    if (symbol === undefined || declaredIn === undefined || this.program.isSourceFileDefaultLibrary(declaredIn))
      return undefined;
    const first = this.definedIn.get(symbol.name) ?? declaredIn.fileName;
    this.definedIn.set(symbol.name, first);
    if (first !== declaredIn.fileName)
      throw new Error(`two types are called ${symbol.name}: one of ${first} and one of ${declaredIn.fileName}`);
    return symbol.name;
  }

  private unnamed(type: ts.Type, at: string): Shape {
    if (type.isUnion()) return this.choice(type.types, at);
    if (type.isStringLiteral()) return { words: [type.value] };
    const simple = (
      [
        [ts.TypeFlags.String, 'text'],
        [ts.TypeFlags.Number, 'number'],
        [ts.TypeFlags.Unknown, 'data'],
      ] as const
    ).find(([flag]) => (type.flags & flag) !== 0);
    if (simple !== undefined) return simple[1];
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      if (element !== undefined) return { list: this.shapeOf(element, `${at}[]`) };
    }
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0)
      return type.getCallSignatures().length === 0 ? this.mapping(type, at) : 'function';
    throw new Error(`${at}: has a type that no data can be checked against: ${this.checker.typeToString(type)}`);
  }

  private choice(types: readonly ts.Type[], at: string): Shape {
    const words = types.filter((type) => type.isStringLiteral()).map(({ value }) => value);
    const others = types.filter((type) => !type.isStringLiteral());
    const isBoolean = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    // The compiler's own order depends on what else it has read.
    const shapes = [
      ...(words.length === 0 ? [] : [{ words: words.sort() }]),
      ...(others.some(isBoolean) ? ['boolean'] : []),
      ...others.filter((type) => !isBoolean(type)).map((type) => this.shapeOf(type, at)),
    ].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const [only] = shapes;
    return only !== undefined && shapes.length === 1 ? only : { anyOf: shapes };
  }

  private mapping(type: ts.Type, at: string): Shape {
    const fields = this.checker.getPropertiesOfType(type).map((property) => {
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const given = this.checker.getTypeOfSymbol(property);
      const present = optional && given.isUnion() ? this.checker.getNonNullableType(given) : given;
      return [`${property.name}${optional ? '?' : ''}`, this.shapeOf(present, `${at}.${property.name}`)] as const;
    });
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const rest = index === undefined ? undefined : this.shapeOf(index.type, `${at}.*`);
    if (fields.length === 0 && rest !== undefined) return { map: rest };
    return { fields: Object.fromEntries(fields), ...(rest === undefined ? {} : { rest }) };
  }
}

if (process.argv[1] !== undefined && path.basename(process.argv[1]) === 'make-model-shapes.ts') {
  writeFileSync(shapesFile, modelShapes(process.cwd()));
  console.log(`wrote ${shapesFile}`);
}
