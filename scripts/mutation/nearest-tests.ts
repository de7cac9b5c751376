import { posix } from 'node:path';
import ts from 'typescript';

/** What each file loads when it runs: imports of types alone are gone by then. Paths from the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** What a file loads of the repository when it runs. */
export function loadedBy(path: string, text: string): readonly string[] {
  const code = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
  }).outputText;
  return ts
    .preProcessFile(code, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName));
}

/**
 * The tests that load a file, the nearest first: those that mirror it, then by how many imports lie between, then by how
 * many folders they share with it.
 */
export function nearestTests(file: string, imports: Imports): readonly string[] {
  const users = new Map<string, string[]>();
  for (const [user, used] of imports) for (const path of used) users.set(path, [...(users.get(path) ?? []), user]);
  const distance = new Map([[file, 0]]);
  const queue = [file];
  for (let path = queue.shift(); path !== undefined; path = queue.shift())
    for (const user of users.get(path) ?? []) {
      if (distance.has(user)) continue;
      distance.set(user, (distance.get(path) ?? 0) + 1);
      queue.push(user);
    }
  const mirror = file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  const rank = (test: string): number =>
    test === mirror ? -1 : (distance.get(test) ?? 0) * 10 - sharedFolders(mirror, test);
  return [...distance.keys()]
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/e2e/'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function sharedFolders(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const apart = one.findIndex((name, i) => name !== other[i]);
  return apart === -1 ? one.length : apart;
}
