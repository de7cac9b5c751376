// Where each import of a bundle leads: extensions of esbuild.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { PROJECT, SHARED } from './bundled.cjs';

/**
 * Packages that go into the bundle: loaded by most commands, plain JavaScript, at home in one file. Node.js opens and parses
 * one file instead of some four hundred, which halves the start. Every other package is loaded from node_modules.
 */
const BUNDLED = new Set([
  '@kubernetes/client-node',
  'cdk8s',
  'cdk8s-plus-28',
  'commander',
  'constructs',
  'execa',
  'js-yaml',
  'p-retry',
  'picocolors',
  'semver',
  'write-file-atomic',
  'yaml',
  'zod',
]);

/**
 * Packages that a project installs when it asks a cluster or provisions, and not before. One that is not there stays out of the
 * bundle, and the command that needs it says so when it comes to it.
 */
const OPTIONAL = new Set(['@kubernetes/client-node']);

/** What is taken of a package in the place of all of it; no file of its own. */
const PART = 'part';

/** What a project imports by the name of the package, which is put together of what it shares; no file of its own. */
const OWN = 'own';

/** Of cdk8s-plus-28 the program takes Kubernetes' objects alone; another name of it does not compile. Projects may take all of it. */
const KUBERNETES = 'cdk8s-plus-28/lib/imports/k8s.js';

/** Packages whose objects the program is given, or which are too large to be read twice, by the file that is the whole of each. */
const SHARED_PACKAGES = ['cdk8s', 'constructs', KUBERNETES];

/** What nearly every project takes of what the package exports under its own name; it is an entry apart. */
const WORDS = '#words';

/** What commands that render load. What a project builds objects with is loaded along with it, so that the bundle is not cut into pieces for it. */
const RENDERING = '#rendering';

/** Names of all that a project shares with the program. */
export function sharedNames(packageFolder) {
  const { name: own, exports = {} } = packageOf(packageFolder);
  const exported = Object.entries(exports).filter(([, target]) => typeof target === 'object');
  return [WORDS, ...exported.map(([path]) => join(own, path)), ...SHARED_PACKAGES];
}

/** What the entry of the program's bundle is called by which it shares this. */
export const entryOfShared = (name) => `shared-${name.replaceAll(/[^\w]+/g, '-')}`;

/** What is in such an entry. */
function textOfShared(name, own, along) {
  const rendering = along && name !== own && name !== WORDS ? `export * as along from '${RENDERING}';` : '';
  return SHARED_PACKAGES.includes(name)
    ? `${rendering} export const whole = require('${name}');`
    : `${rendering} export * from '${name}';`;
}

/** How project.ts is asked for, and what a project shares with the program, which is no file of its own either. */
const OF_PROJECT = { filter: new RegExp(`^${PROJECT}$`) };
const OF_SHARED = { filter: new RegExp(`^${SHARED}:`) };

/** Marks of questions that an extension asks itself, which would otherwise ask them of itself for ever. */
const ASKED = Symbol('asked');
const FOR_PROJECT = Symbol('for a project');

/** Where everything leads that the program or its project imports. */
export const forWhole = (packageFolder, projectFile) =>
  extension('resolve-whole', ({ onResolve, ...build }) => {
    onResolve(OF_PROJECT, () => ({ path: projectFile }));
    resolvePackages({ onResolve, ...build }, packageFolder);
  });

/** Where everything leads that the program imports: to its project when it runs, and what the two share is an entry of its own. */
export const forProgram = (packageFolder) =>
  extension('resolve-program', ({ onResolve, onLoad, resolve: resolveAs, ...build }) => {
    const { name: own } = packageOf(packageFolder);
    const isThere = async (name) =>
      (await resolveAs(name, { kind: 'import-statement', resolveDir: packageFolder })).errors.length === 0;
    onResolve(OF_PROJECT, () => ({ path: PROJECT, external: true }));
    onResolve(OF_SHARED, ({ path }) => ({
      path: path.slice(SHARED.length + 1),
      namespace: SHARED,
    }));
    onLoad({ filter: /.*/, namespace: SHARED }, async ({ path }) => ({
      // A program without it shares it with nobody.
      contents: (await isThere(path)) ? textOfShared(path, own, await isThere(RENDERING)) : '',
      resolveDir: packageFolder,
    }));
    resolvePackages({ onResolve, onLoad, resolve: resolveAs, ...build }, packageFolder);
  });

/**
 * Where everything leads that a project imports, of which the program has been bundled already; the project is `#project`.
 *
 * @param shared - by name the file that it is, and what it exports
 */
export const forProject = (packageFolder, projectFile, shared) =>
  extension('resolve-project', ({ onResolve, onLoad, resolve: resolveAs, ...build }) => {
    const files = new Map(Object.entries(shared).map(([name, { file }]) => [file, name]));
    // By the name that it has where it lies, which may be a link.
    onResolve(OF_PROJECT, () => ({ path: projectFile }));
    onResolve(OF_SHARED, ({ path }) => ({
      path: path.slice(SHARED.length + 1),
      namespace: SHARED,
      sideEffects: false,
    }));
    onResolve({ filter: /^[@a-z.]/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('node:') || pluginData !== undefined) return undefined;
      const found = await resolveAs(path, { kind, importer, resolveDir, pluginData: FOR_PROJECT });
      const name = files.get(found.path);
      return name === undefined ? undefined : { path: name, namespace: name === own ? OWN : SHARED };
    });
    // A project that imports what is not there is told so where it does, and not when it runs.
    const { name: own } = packageOf(packageFolder);
    const words = shared[WORDS]?.exported ?? [];
    onLoad({ filter: /.*/, namespace: OWN }, ({ path }) => {
      const seldom = shared[path].exported.filter((it) => !words.includes(it));
      return {
        contents: [
          [WORDS, words],
          [path, seldom],
        ]
          .filter(([, names]) => names.length > 0)
          .map(([from, names]) => `export { ${names.join(', ')} } from '${SHARED}:${from}';`)
          .join('\n'),
      };
    });
    onLoad({ filter: /.*/, namespace: SHARED }, ({ path }) => {
      const taken = `__taken("${SHARED}:${entryOfShared(path)}.cjs")`;
      const { exported } = shared[path];
      return {
        contents: SHARED_PACKAGES.includes(path)
          ? `module.exports = ${taken}.whole;`
          : [
              `const all = ${taken};`,
              ...exported.map((it, i) => `const e${i} = all.${it}; export { e${i} as ${it} };`),
            ].join('\n'),
      };
    });
    resolvePackages({ onResolve, onLoad, resolve: resolveAs, ...build }, packageFolder);
  });

const extension = (name, setup) => ({ name, setup });

/** What the program, the project and its libraries use of packages, each once in a bundle; and there is one Portolan, this one. */
function resolvePackages({ onResolve, onLoad, resolve: resolveAs }, packageFolder) {
  const { name: own } = packageOf(packageFolder);
  onResolve({ filter: /^[@a-z]/ }, async ({ path, importer, kind, pluginData }) => {
    if (kind === 'entry-point' || path.startsWith('node:') || pluginData === ASKED) return undefined;
    const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
    if (name === own) return resolveAs(path, { kind, resolveDir: packageFolder, pluginData: ASKED });
    if (name.startsWith('@pulumi/')) return { path, external: true };
    if (OPTIONAL.has(name)) {
      const found = await resolveAs(path, { kind, importer, resolveDir: dirname(importer), pluginData: ASKED });
      return found.errors.length === 0 ? found : { path, external: true };
    }
    if (path === 'cdk8s-plus-28' && isOwnFile(importer, packageFolder)) return { path, namespace: PART };
    if (isOwnFile(importer, packageFolder)) return BUNDLED.has(name) ? undefined : { path, external: true };
    const found = await resolveAs(path, { kind, importer, resolveDir: dirname(importer), pluginData: ASKED });
    const top = await resolveAs(path, { kind, importer, resolveDir: packageFolder, pluginData: ASKED });
    return found.errors.length === 0 && isSamePackage(found.path, top.path, packageFolder) ? top : undefined;
  });
  onLoad({ filter: /.*/, namespace: PART }, () => ({
    contents: `const k8s = require('${KUBERNETES}'); export { k8s };`,
    resolveDir: packageFolder,
  }));
  // It starts a script that lies beside it.
  onLoad({ filter: /[\\/]cdk8s[\\/]lib[\\/]yaml\.js$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replaceAll('__dirname', JSON.stringify(dirname(path))),
  }));
}

/** Whether two files are of one version of one package: some packages bring copies of others, and each copy would be read and run again. */
function isSamePackage(file, other, packageFolder) {
  const [one, two] = [file, other].map((it) => dependencyFolder(it, packageFolder));
  if (one === undefined || two === undefined || one === two) return false;
  const [a, b] = [one, two].map(packageOf);
  return a.name === b.name && a.version === b.version;
}

const packageOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder of the dependency that `file` is part of; Portolan may itself lie in a node_modules. */
export function dependencyFolder(file, packageFolder) {
  const own = isBelow(file, packageFolder) ? packageFolder : '';
  const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file.slice(own.length));
  return folder === null ? undefined : own + folder[0];
}

export const isBelow = (file, folder) => file.startsWith(folder + sep);

/** Whether a file is one of Portolan's own, wherever it is installed, and not of a project that lies in its folder. */
export const isOwnFile = (file, packageFolder) =>
  ['src', 'lib', 'imports'].some((name) => isBelow(file, join(packageFolder, name)));

/** The files among the inputs of a bundle: what lies in a folder, and not what an extension made up. */
export const filesAmong = (inputs, packageFolder) =>
  inputs
    .filter((input) => ![PART, SHARED, OWN].some((it) => input.startsWith(`${it}:`)))
    // A file that is imported as what it is not by its name is told with it.
    .map((input) => resolve(packageFolder, input.replace(/ with \{.*\}$/, '')));
