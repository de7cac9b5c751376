// The cold path of the launcher: has esbuild bundle the program, its project, or both in one.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PROJECT, SHARED, expected } from './bundled.cjs';
import { kept } from './keep-bundle.mjs';
import {
  dependencyFolder,
  entryOfShared,
  filesAmong,
  forProgram,
  forProject,
  forWhole,
  isOwnFile,
  sharedNames,
} from './resolve-packages.mjs';
import { asScripts } from './scripts.mjs';

/** The condition under which `exports` and `imports` of this package.json mean the sources, where the sources are. */
const SOURCE_CONDITION = 'portolan-source';

/** What CommonJS packages expect to find, for every file of the bundle. */
const PLACES = { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' };

/** The same, which a script is given and a module has to make. */
const BANNER = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

/** What the program's bundle says of what its projects share with it. */
const SHARED_FILE = 'shared.json';

/**
 * Bundles the program, `entry`, as scripts, with what its projects share with it, and says what was built.
 * @throws like {@link bundleWhole}
 */
export const bundleProgram = ({ packageFolder, entry, ...of }) =>
  kept({ ...of, packageFolder }, async (outFolder, before) => {
    const esbuild = await loadEsbuild();
    const shared = sharedNames(packageFolder).map((name) => [entryOfShared(name), `${SHARED}:${name}`]);
    const entryPoints = { main: join(packageFolder, entry), ...Object.fromEntries(shared) };
    const plugin = forProgram(packageFolder);
    const { inputs, outputs } = await buildModules(esbuild, { packageFolder, entry, entryPoints, outFolder, plugin });
    if (!(await asScripts({ esbuild, folder: outFolder, outputs, before })))
      throw new Error(`${entry} is not written so that it can be a script`);
    writeFileSync(join(outFolder, SHARED_FILE), JSON.stringify(sharedIn({ inputs, outputs }, packageFolder)));
    return { inputs, main: 'main.cjs', also: SHARED_FILE, start: loadedAtOnce(inputs, entry) };
  });

/**
 * Bundles the project.ts of `projectFolder` for a program that was bundled: as scripts that take from the program what they share. One that cannot be
 * that, because it awaits at its top or takes parts of what is shared whole, is bundled whole.
 *
 * @param program - what {@link bundleProgram} said, and the folder of that bundle
 * @throws like {@link bundleWhole}
 */
export async function bundleProject({ packageFolder, projectFolder, entry, program, ...of }) {
  const projectFile = projectFileIn(projectFolder);
  const project = await kept({ ...of, packageFolder, projectFolder, program }, async (outFolder, before) => {
    const esbuild = await loadEsbuild();
    const shared = JSON.parse(readFileSync(join(program.folder, SHARED_FILE), 'utf8'));
    const plugin = forProject(packageFolder, projectFile, shared);
    const entryPoints = { project: PROJECT };
    const { inputs, outputs } = await buildModules(esbuild, {
      packageFolder,
      entry,
      entryPoints,
      outFolder,
      plugin,
      projectFile,
    });
    const isApart = !filesAmong(Object.keys(inputs), packageFolder).some((file) =>
      isPartOfShared(file, shared, packageFolder),
    );
    return isApart && (await asScripts({ esbuild, folder: outFolder, outputs, before }))
      ? { inputs, main: 'project.cjs' }
      : undefined;
  });
  return project ?? bundleWhole({ ...of, packageFolder, projectFolder, entry });
}

/**
 * Bundles `entry` together with the project.ts of `projectFolder`, as ES modules, and says what was built.
 * @throws an expected error when project.ts is no file; one that names file and line when a source file cannot be read as TypeScript
 */
const bundleWhole = ({ packageFolder, projectFolder, entry, ...of }) =>
  kept({ ...of, packageFolder, projectFolder }, async (outFolder) => {
    const projectFile = projectFileIn(projectFolder);
    const plugin = forWhole(packageFolder, projectFile);
    const entryPoints = { main: join(packageFolder, entry) };
    const esbuild = await loadEsbuild();
    const { inputs } = await buildModules(esbuild, {
      packageFolder,
      entry,
      entryPoints,
      outFolder,
      plugin,
      projectFile,
      banner: BANNER,
    });
    return { inputs, main: 'main.mjs', isWhole: true };
  });

function projectFileIn(projectFolder) {
  const projectFile = join(projectFolder, 'project.ts');
  if (statSync(projectFile).isFile()) return projectFile;
  throw expected(
    'project.ts is a folder; it must be a file that says what is delivered\n  next: move the folder aside; "git checkout project.ts" brings a lost file back',
  );
}

const loadEsbuild = () =>
  import('esbuild').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw expected('the dependencies are not installed; run "npm ci" first');
  });

/** By name what a project shares with the program: the file that it is, and what it exports. */
function sharedIn({ inputs, outputs }, packageFolder) {
  const made = Object.values(outputs).filter(({ entryPoint = '' }) => entryPoint.startsWith(`${SHARED}:`));
  return Object.fromEntries(
    made.flatMap(({ entryPoint, exports }) => {
      const whole = inputs[entryPoint].imports.at(-1);
      const exported = exports.filter((name) => name !== 'along');
      return whole === undefined
        ? []
        : [[entryPoint.slice(SHARED.length + 1), { file: resolve(packageFolder, whole.path), exported }]];
    }),
  );
}

/** Whether a file is part of what a project shares with the program, so that a second one beside it would be of other classes. */
function isPartOfShared(file, shared, packageFolder) {
  if (isOwnFile(file, packageFolder)) return true;
  const folder = dependencyFolder(file, packageFolder);
  return ['cdk8s', 'constructs'].some(
    (name) => shared[name] !== undefined && folder === dependencyFolder(shared[name].file, packageFolder),
  );
}

async function buildModules(
  esbuild,
  { packageFolder, projectFile, entry, entryPoints, outFolder, plugin, banner = {} },
) {
  try {
    const { metafile } = await esbuild.build({
      absWorkingDir: packageFolder,
      entryPoints,
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
      banner,
      plugins: [plugin],
      logLevel: 'silent',
    });
    return metafile;
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    const folder = projectFile === undefined ? packageFolder : dirname(projectFile);
    const said = error.errors.map((problem) => describeProblem(problem, packageFolder, folder)).join('\n  ');
    // What lies in no file is no mistake in one.
    if (error.errors.every(({ location }) => location === null)) throw expected(`the bundle cannot be made: ${said}`);
    throw expected(`${said}\n  next: mend it there; "npx tsc" says the same of every file`);
  }
}

function describeProblem({ text, location }, packageFolder, folder) {
  // Without the kinds of files that there are for esbuild alone.
  const said = text.replaceAll(/"(?:own|portolan):/g, '"');
  if (location === null) return said;
  const file = relative(folder, resolve(packageFolder, location.file));
  return `${file}:${location.line}:${location.column + 1}: ${said}`;
}

/** The inputs that every start loads, whatever it is called with. */
function loadedAtOnce(inputs, entry) {
  const loaded = new Set([entry]);
  for (const file of loaded)
    for (const { path, kind } of inputs[file]?.imports ?? [])
      if (kind !== 'dynamic-import' && inputs[path] !== undefined) loaded.add(path);
  return [...loaded];
}
