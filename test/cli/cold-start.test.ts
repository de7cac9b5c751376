import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** Files of this package that are imported by a name of it. */
const sources: ReadonlyMap<string, string> = new Map([
  ['#project', 'project.ts'],
  ['@portolan-delivery/portolan', 'src/entries/model.ts'],
]);

const loadedByFile = new Map<string, readonly string[]>();

/** What a file loads at once: not types, and not what it imports where it is needed. */
function loadedBy(path: string): readonly string[] {
  const known = loadedByFile.get(path) ?? importsOf(path);
  loadedByFile.set(path, known);
  return known;
}

function importsOf(path: string): readonly string[] {
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

/** What reads stack files: js-yaml looks first at long or deep ones, which the other parser reads in a time that grows faster than they do. */
const reading = ['js-yaml', 'semver', 'yaml', 'zod'];
const rendering = [...reading, 'cdk8s', 'cdk8s-plus-28', 'constructs'];
/** Git. What asks GitHub, a registry or a cluster is loaded where one is asked. */
const looking = [...rendering, 'execa'];
/** And what writes again after a race. */
const writing = [...looking, 'p-retry'];

const packagesOfCommands: Readonly<Record<string, readonly string[]>> = {
  check: rendering,
  diff: looking,
  doctor: [...rendering, '@kubernetes/client-node'],
  history: [...reading, 'execa'],
  'holds/hold': writing,
  'holds/unhold': writing,
  init: ['execa'],
  'pictures/graph': [...looking, 'write-file-atomic'],
  'pictures/page': [
    ...looking,
    'd3-array',
    'd3-scale',
    'esbuild',
    'hast-util-to-html',
    'hastscript',
    'write-file-atomic',
  ],
  promote: writing,
  publish: writing,
  rollback: writing,
  'schemas/add': ['js-yaml', 'write-file-atomic'],
  start: writing,
  status: looking,
  synth: rendering,
  verify: looking,
  wait: [...looking, '@kubernetes/client-node'],
  workflows: [...reading, 'write-file-atomic'],
};

/** What a command loads on its common path when it comes to it. */
const loadedLater: Readonly<Record<string, readonly string[]>> = {
  diff: ['src/cli/commands/compared/project-diffs.ts'],
};

test.each(Object.entries(packagesOfCommands))('%s loads the packages of its common path and no other', (name, own) => {
  const entries = ['src/cli/main.ts', `src/cli/commands/${name}.ts`, ...(loadedLater[name] ?? [])];

  expect(packagesOf(allLoadedBy(entries))).toEqual([...own, 'commander', 'picocolors'].sort());
});

test('diff of two folders loads nothing of a project', () => {
  const loaded = allLoadedBy(['src/cli/main.ts', 'src/cli/commands/diff.ts']);

  expect(packagesOf(loaded)).toEqual(['commander', 'js-yaml', 'picocolors', 'yaml']);
  expect([...loaded].filter((path) => /^src\/(?:render\/render-|ops\/git|constructs|settings)/.test(path))).toEqual([]);
});

test('every command is listed with what it loads', () => {
  const asked = [...readFileSync('src/cli/command-table.ts', 'utf8').matchAll(/import\('\.\/commands\/(.+)\.ts'\)/g)];

  expect(asked.map(([, name]) => name).sort()).toEqual(Object.keys(packagesOfCommands).sort());
});

test('rendering loads neither git, nor GitHub, nor a cluster, nor what reads a release', () => {
  for (const name of ['synth', 'check'])
    expect(
      [...allLoadedBy([`src/cli/commands/${name}.ts`])].filter((path) => /^src\/(?:ops|clients)\//.test(path)).sort(),
    ).toEqual([]);
});

test('zod is imported so that what is not used of it, its languages above all, is left out of the bundle', () => {
  const loaded = allLoadedBy(['publish', 'promote', 'status', 'history'].map((name) => `src/cli/commands/${name}.ts`));
  const whole = [...loaded].filter(
    (path) => path.endsWith('.ts') && /import \{[^}]*\bz\b[^}]*\} from 'zod/.test(readFileSync(path, 'utf8')),
  );

  expect(whole).toEqual([]);
});
