import { posix } from 'node:path';
import ts from 'typescript';

/** What each file loads when it runs: imports of types alone are gone by then. Paths from the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** What the launcher runs, in a process of its own: whoever starts that loads the whole program. */
const launcher = 'portolan.cjs';
const launched = 'src/cli/main.ts';

/** Tests that hold what is said of a thousand little differences against what was approved: they look at nearly everything. */
const approved = 'test/approved/';
/** How many tests are asked before those. */
const asked = 2;

/** What a file loads of the repository when it runs, or starts in another process. */
export function loadedBy(path: string, text: string): readonly string[] {
  const code = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
  }).outputText;
  const imported = ts
    .preProcessFile(code, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName));
  return text.includes(`'${launcher}'`) ? [...imported, launched] : imported;
}

/**
 * The tests that load a file, the nearest first: those that mirror it, then by how many imports lie between, then by how
 * many folders they share with it. After the first two come those of what was approved.
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
  const nearest = [...distance.keys()]
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('test/e2e/'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const first = nearest.slice(0, asked);
  const looksAtAll = (test: string): boolean => test.startsWith(approved);
  const rest = nearest.slice(asked);
  return [...first, ...rest.filter(looksAtAll), ...rest.filter((test) => !looksAtAll(test))];
}

function sharedFolders(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const apart = one.findIndex((name, i) => name !== other[i]);
  return apart === -1 ? one.length : apart;
}
