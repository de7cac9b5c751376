// How bundles are kept from one start to the next, and which.
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
import { basename, dirname, join } from 'node:path';
import { dependencyFolder, filesAmong, isBelow } from './resolve-packages.mjs';

const KEPT_BUNDLES = 8;

/** For how long a bundle is left alone that another start may be making, or loading, in milliseconds. */
const YOUNG_MS = 60_000;

/**
 * Has a bundle made in a folder of its own in the cache, writes down what it was made of, and gives that; nothing where it cannot be made.
 *
 * @param make - is given the folder to make it in, and that of the bundle before, if there is one; says what went in, and which file it is loaded by, or nothing
 *   where it cannot be made so
 */
export async function kept({ packageFolder, projectFolder, program, cacheFolder, contentKey, stamped }, make) {
  const started = Date.now();
  mkdirSync(cacheFolder, { recursive: true });
  const folderName = `${started.toString(36)}-${process.pid.toString(36)}`;
  const outFolder = join(realpathSync(cacheFolder), folderName);
  const made = await make(outFolder, bundlesIn(cacheFolder)[0]);
  if (made === undefined) {
    rmSync(outFolder, { recursive: true, force: true });
    return undefined;
  }
  const watched = (inputs) => watchedFiles(filesAmong(inputs, packageFolder), packageFolder);
  const { inputs, start, ...rest } = made;
  const files = watched([...Object.keys(inputs), ...(projectFolder === undefined ? [] : namesOf(projectFolder))]);
  const built = {
    folderName,
    ...rest,
    key: contentKey(files),
    packageFolder,
    projectFolder,
    program: program?.key,
    ...stamped(files, started),
    ...(start === undefined ? {} : { start: stamped(watched(start), started) }),
  };
  // A file that was saved while it was read may be in the bundle as it was before: use the bundle once and forget it.
  // One that was moved into its place keeps the time at which it was written.
  if (files.map((file) => statSync(file)).every((it) => it.mtimeMs < started && it.ctimeMs < started)) {
    writeFileSync(join(outFolder, 'built.json'), JSON.stringify(built));
    renameSync(join(outFolder, 'built.json'), join(cacheFolder, 'built.json'));
  }
  try {
    removeOldBundles(cacheFolder, [folderName, program?.folderName]);
  } catch {
    // Another start may be tidying up at the same moment; the next one will do it.
  }
  return built;
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
    .filter((name) => !/^(built\.json|(?:facts|objects)$|code-)/.test(name))
    .sort()
    .reverse()
    .map((name) => join(cacheFolder, name));

/** The file that says what a project calls its own files, where there is one. */
const namesOf = (projectFolder) => [join(projectFolder, 'package.json')].filter((file) => existsSync(file));

/** When a bundle was begun. */
const begunAt = (folder) => Number.parseInt(basename(folder), 36);

/** Removes all but the newest bundles, the code that was kept of others than these, and what was kept for projects that are gone. */
function removeOldBundles(cacheFolder, inUse) {
  for (const folder of bundlesIn(cacheFolder).slice(KEPT_BUNDLES))
    if (begunAt(folder) < Date.now() - YOUNG_MS) rmSync(folder, { recursive: true, force: true });
  for (const name of readdirSync(cacheFolder))
    if (name.startsWith('code-') && !inUse.includes(name.slice('code-'.length)))
      rmSync(join(cacheFolder, name), { recursive: true, force: true });
  for (const name of readdirSync(dirname(cacheFolder))) {
    const folder = join(dirname(cacheFolder), name);
    const builtFile = join(folder, 'built.json');
    if (!existsSync(builtFile)) continue;
    const { packageFolder, projectFolder } = JSON.parse(readFileSync(builtFile, 'utf8'));
    if (typeof packageFolder !== 'string') continue;
    if (!existsSync(packageFolder) || !existsSync(projectFolder ?? packageFolder))
      rmSync(folder, { recursive: true, force: true });
  }
}
