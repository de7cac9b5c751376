// The cold path of the launcher: bundles the program and keeps the bundle until a file it was made of changes.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expected } from './bundled.cjs';
import { asScripts } from './scripts.mjs';

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

/** The condition under which `exports` and `imports` of this package.json mean the sources, where the sources are. */
const SOURCE_CONDITION = 'portolan-source';

/** What CommonJS packages expect to find, for every file of the bundle. */
const PLACES = { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' };

/** The same, which a script is given and a module has to make. */
const BANNER = {
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** What is taken of a package in the place of all of it; no file of its own. */
const PART = 'part';

const KEPT_BUNDLES = 8;

/**
 * Bundles `entry` with the project.ts of `projectFolder`, or with none, and returns the bundle's path.
 * @throws an expected error when project.ts is no file; one that names file and line when a source file cannot be read as TypeScript
 */
export async function bundle({ packageFolder, projectFolder, entry, scripts, cacheFolder, contentKey, stamped }) {
  const projectFile = projectFolder === undefined ? undefined : join(projectFolder, 'project.ts');
  if (projectFile !== undefined && !statSync(projectFile).isFile())
    throw expected(
      'project.ts is a folder; it must be a file that says what is delivered\n  next: move the folder aside; "git checkout project.ts" brings a lost file back',
    );
  const started = Date.now();
  mkdirSync(cacheFolder, { recursive: true });
  const folderName = `${started.toString(36)}-${process.pid.toString(36)}`;
  const outFolder = join(realpathSync(cacheFolder), folderName);
  const before = bundlesIn(cacheFolder)[0];
  const { inputs, main } = await build({ packageFolder, projectFile, entry, scripts, outFolder, before });
  const watched = (of) =>
    watchedFiles(
      of.filter((file) => !file.startsWith(`${PART}:`)).map((file) => resolve(packageFolder, file)),
      packageFolder,
    );
  const files = watched(Object.keys(inputs));
  // A file that was saved while it was read may be in the bundle as it was before: use the bundle once and forget it.
  if (files.every((file) => statSync(file).mtimeMs < started)) {
    const built = JSON.stringify({
      folderName,
      main,
      key: contentKey(files),
      packageFolder,
      projectFolder,
      ...stamped(files, started),
      start: stamped(watched(loadedAtOnce(inputs, entry)), started),
    });
    writeFileSync(join(outFolder, 'built.json'), built);
    renameSync(join(outFolder, 'built.json'), join(cacheFolder, 'built.json'));
  }
  try {
    removeOldBundles(cacheFolder);
  } catch {
    // Another start may be tidying up at the same moment; the next one will do it.
  }
  return join(outFolder, main);
}

/** Writes the bundle as scripts where that is asked for and possible, as ES modules elsewhere. */
async function build({ scripts, ...of }) {
  const esbuild = await import('esbuild').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw expected('the dependencies are not installed; run "npm ci" first');
  });
  if (scripts) {
    const { inputs, outputs } = await buildModules(esbuild, of, {});
    if (await asScripts({ esbuild, folder: of.outFolder, outputs, before: of.before }))
      return { inputs, main: 'main.cjs' };
    rmSync(of.outFolder, { recursive: true });
  }
  const { inputs } = await buildModules(esbuild, of, BANNER);
  return { inputs, main: 'main.mjs' };
}

async function buildModules(esbuild, { packageFolder, projectFile, entry, outFolder }, banner) {
  try {
    const { metafile } = await esbuild.build({
      absWorkingDir: packageFolder,
      entryPoints: { main: join(packageFolder, entry) },
      outdir: outFolder,
      outExtension: { '.js': '.mjs' },
      chunkNames: '[name]-[hash]',
      bundle: true,
      keepNames: true,
      // A third less to read and parse at every start; the source map leads back, and no line is long where one is shown.
      minifyWhitespace: true,
      lineLimit: 160,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // Beside the bundle, for our own messages. A link to it would have Pulumi's runtime read and parse it for every error that it makes.
      sourcemap: 'external',
      sourcesContent: false,
      metafile: true,
      conditions: ['module', ...(entry.endsWith('.ts') ? [SOURCE_CONDITION] : [])],
      tsconfigRaw: { compilerOptions: { target: 'es2022' } },
      define: PLACES,
      ...banner,
      plugins: [resolvePackages(packageFolder, projectFile)],
      logLevel: 'silent',
    });
    return metafile;
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    throw expected(
      `${error.errors.map((problem) => describeProblem(problem, packageFolder, projectFile ?? packageFolder)).join('\n  ')}\n  next: mend it there; "npx tsc" says the same of every file`,
    );
  }
}

/** Where each import leads: what the project and its libraries use goes into the bundle, and there is one Portolan in it, this one. */
function resolvePackages(packageFolder, projectFile) {
  const { name: own } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return {
    name: 'resolve-packages',
    setup({ onResolve, onLoad, resolve: resolveAs }) {
      const asked = Symbol('asked');
      if (projectFile !== undefined) onResolve({ filter: /^#project$/ }, () => ({ path: projectFile }));
      onResolve({ filter: /^[@a-z]/ }, async ({ path, importer, kind, pluginData }) => {
        if (kind === 'entry-point' || path.startsWith('node:') || pluginData === asked) return undefined;
        const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
        if (name === own) return resolveAs(path, { kind, resolveDir: packageFolder, pluginData: asked });
        if (name.startsWith('@pulumi/')) return { path, external: true };
        if (OPTIONAL.has(name)) {
          const found = await resolveAs(path, { kind, importer, resolveDir: dirname(importer), pluginData: asked });
          return found.errors.length === 0 ? found : { path, external: true };
        }
        if (path === 'cdk8s-plus-28' && isOwnFile(importer, packageFolder)) return { path, namespace: PART };
        if (isOwnFile(importer, packageFolder)) return BUNDLED.has(name) ? undefined : { path, external: true };
        const found = await resolveAs(path, { kind, importer, resolveDir: dirname(importer), pluginData: asked });
        const top = await resolveAs(path, { kind, importer, resolveDir: packageFolder, pluginData: asked });
        return found.errors.length === 0 && isSamePackage(found.path, top.path, packageFolder) ? top : undefined;
      });
      // Of cdk8s-plus-28 the program takes Kubernetes' objects alone; another name of it does not compile. Projects may take all of it.
      onLoad({ filter: /.*/, namespace: PART }, () => ({
        contents: "const k8s = require('cdk8s-plus-28/lib/imports/k8s.js'); export { k8s };",
        resolveDir: packageFolder,
      }));
      // It starts a script that lies beside it.
      onLoad({ filter: /[\\/]cdk8s[\\/]lib[\\/]yaml\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8').replaceAll('__dirname', JSON.stringify(dirname(path))),
      }));
    },
  };
}

/** Whether two files are of one version of one package: some packages bring copies of others, and each copy would be read and run again. */
function isSamePackage(file, other, packageFolder) {
  const [one, two] = [file, other].map((it) => dependencyFolder(it, packageFolder));
  if (one === undefined || two === undefined || one === two) return false;
  const [a, b] = [one, two].map((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return a.name === b.name && a.version === b.version;
}

function describeProblem({ text, location }, packageFolder, projectFile) {
  if (location === null) return text;
  const file = relative(dirname(projectFile), resolve(packageFolder, location.file));
  return `${file}:${location.line}:${location.column + 1}: ${text}`;
}

/** The folder of the dependency that `file` is part of; Portolan may itself lie in a node_modules. */
function dependencyFolder(file, packageFolder) {
  const own = isBelow(file, packageFolder) ? packageFolder : '';
  const folder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file.slice(own.length));
  return folder === null ? undefined : own + folder[0];
}

const isBelow = (file, folder) => file.startsWith(folder + sep);

/** Whether a file is one of Portolan's own, wherever it is installed, and not of a project that lies in its folder. */
const isOwnFile = (file, packageFolder) =>
  ['src', 'lib', 'imports'].some((name) => isBelow(file, join(packageFolder, name)));

/** The inputs that every start loads, whatever it is called with. */
function loadedAtOnce(inputs, entry) {
  const loaded = new Set([entry]);
  for (const file of loaded)
    for (const { path, kind } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import' && inputs[path] !== undefined) loaded.add(path);
  return [...loaded];
}

/** The files whose change makes a bundle old: sources, the launcher, and of a package, Portolan as one too, its package.json alone. */
function watchedFiles(inputs, packageFolder) {
  const launcher = readdirSync(join(packageFolder, 'bin')).map((name) => join(packageFolder, 'bin', name));
  const files = inputs.map((file) => {
    if (isBelow(file, join(packageFolder, 'lib'))) return join(packageFolder, 'package.json');
    const folder = dependencyFolder(file, packageFolder);
    return folder === undefined ? file : join(folder, 'package.json');
  });
  return [...new Set([...launcher, join(packageFolder, 'package.json'), ...files])].sort();
}

/** The folders of the bundles of one place, the newest first. */
const bundlesIn = (cacheFolder) =>
  readdirSync(cacheFolder)
    .filter((name) => name !== 'built.json' && name !== 'facts')
    .sort()
    .reverse()
    .map((name) => join(cacheFolder, name));

/** Removes all but the newest bundles, the code that was kept of all but the newest, and what was kept for projects that are gone. */
function removeOldBundles(cacheFolder) {
  const older = bundlesIn(cacheFolder).slice(1);
  for (const folder of older.slice(KEPT_BUNDLES - 1)) rmSync(folder, { recursive: true, force: true });
  for (const folder of older.slice(0, KEPT_BUNDLES - 1))
    for (const name of readdirSync(folder).filter((it) => it.startsWith('code-'))) rmSync(join(folder, name));
  for (const name of readdirSync(dirname(cacheFolder))) {
    const folder = join(dirname(cacheFolder), name);
    const builtFile = join(folder, 'built.json');
    if (!existsSync(builtFile)) continue;
    const { packageFolder, projectFolder } = JSON.parse(readFileSync(builtFile, 'utf8'));
    if (!existsSync(packageFolder) || !existsSync(projectFolder ?? packageFolder))
      rmSync(folder, { recursive: true, force: true });
  }
}
