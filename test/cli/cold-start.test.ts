import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** Files of this package that are imported by a name of it. */
const sources: ReadonlyMap<string, string> = new Map([
  ['#project', 'project.ts'],
  ['@portolan-delivery/portolan', 'src/entries/model.ts'],
]);

/** What a file loads at once: not types, and not what it imports where it is needed. */
function loadedBy(path: string): readonly string[] {
  const { statements } = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext);
  return statements.flatMap((statement) => {
    const from =
      (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
      statement.moduleSpecifier !== undefined &&
      ts.isStringLiteral(statement.moduleSpecifier)
        ? statement.moduleSpecifier.text
        : undefined;
    if (from === undefined || isOfTypes(statement)) return [];
    return [sources.get(from) ?? (from.startsWith('.') ? posix.join(posix.dirname(path), from) : from)];
  });
}

const isOfTypes = (statement: ts.Statement): boolean => {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) return false;
  const { phaseModifier, name, namedBindings } = statement.importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
};

/** Every file and package that these files load, directly or not. */
function allLoadedBy(entries: readonly string[]): ReadonlySet<string> {
  const loaded = new Set(entries);
  for (const path of loaded) {
    if (path.endsWith('.ts')) for (const next of loadedBy(path)) loaded.add(next);
  }
  return loaded;
}

const packagesOf = (loaded: ReadonlySet<string>): readonly string[] => {
  const specifiers = [...loaded].filter((path) => !path.endsWith('.ts') && !path.startsWith('node:'));
  return [...new Set(specifiers.map((path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/')))].sort();
};

test('help loads the command line and no command', () => {
  const loaded = allLoadedBy(['src/cli/main.ts']);

  expect(packagesOf(loaded)).toEqual(['commander', 'picocolors']);
  expect([...loaded].filter((path) => path.startsWith('src/cli/commands/'))).toEqual([]);
});

test('rendering loads neither git, nor GitHub, nor a cluster, nor what reads a release', () => {
  const loaded = allLoadedBy(['src/cli/main.ts', 'src/cli/commands/synth.ts']);

  expect(packagesOf(loaded)).toEqual([
    'cdk8s',
    'cdk8s-plus-28',
    'commander',
    'constructs',
    // Looks first at long or deep stack files, which the other parser reads in a time that grows faster than they do.
    'js-yaml',
    'picocolors',
    'semver',
    'yaml',
    'zod',
  ]);
  expect([...loaded].filter((path) => path.startsWith('src/ops/')).sort()).toEqual([]);
});

test('zod is imported so that what is not used of it, its languages above all, is left out of the bundle', () => {
  const loaded = allLoadedBy(['publish', 'promote', 'status', 'history'].map((name) => `src/cli/commands/${name}.ts`));
  const whole = [...loaded].filter(
    (path) => path.endsWith('.ts') && /import \{[^}]*\bz\b[^}]*\} from 'zod/.test(readFileSync(path, 'utf8')),
  );

  expect(whole).toEqual([]);
});
