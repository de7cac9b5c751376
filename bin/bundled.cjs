// The way from a .ts file of Portolan to a bundle of it: made once per change. On a warm start nothing but node: modules.
// CommonJS, because Node.js takes a fifth longer to start where its first file is an ES module, or one comes after it.
'use strict';

const { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');

/**
 * The bundle of `entry`, e.g. src/cli/main, with the project.ts of `projectFolder`; without one, where there is none.
 * In Portolan's own repository it is made of the sources, in an installed package of what they were compiled to.
 * With `scripts` it is one for `loadBundle`, otherwise ES modules. With `startOnly` it is for a start that loads what every start does and no command, such
 * as one that asks for help: files that have no say in that may have changed since.
 * @throws an expected error when there is nothing to bundle, or a source file cannot be read as TypeScript
 */
async function bundled({ packageFolder, projectFolder, entry, scripts = false, startOnly = false }) {
  const cacheFolder = cacheFolderOf({ packageFolder, projectFolder, entry });
  return (
    warmBundle(cacheFolder, startOnly) ??
    (await coldBundle({ packageFolder, projectFolder, entry: fileOf(entry, packageFolder), scripts, cacheFolder }))
  );
}

/** Where the bundles of `entry` are, and what else is kept for it. */
function cacheFolderOf({ packageFolder, projectFolder, entry }) {
  const place = digest([packageFolder, projectFolder ?? '', entry]);
  return join(cacheOf(packageFolder), place);
}

/** What is kept for every project. */
const cacheOf = (packageFolder) => join(installFolder(packageFolder), 'node_modules', '.cache', 'portolan');

/**
 * Where facts about what a bundle says may be kept, and what tells its program from any other: its files, and the Node.js that runs it. Nothing
 * where another start has made a newer bundle meanwhile.
 */
function keptBeside(bundle) {
  const [folder, cacheFolder] = [dirname(bundle), dirname(dirname(bundle))];
  try {
    const built = JSON.parse(readFileSync(join(cacheFolder, 'built.json'), 'utf8'));
    if (built.folderName !== basename(folder) || typeof built.key !== 'string') return undefined;
    return { folder: join(cacheFolder, 'facts'), program: `${built.key} ${process.version}` };
  } catch {
    return undefined;
  }
}

const fileOf = (entry, packageFolder) =>
  existsSync(join(packageFolder, `${entry}.ts`)) ? `${entry}.ts` : join('lib', `${entry}.js`);

/** The nearest folder, from `start` upwards, that holds `name`. */
function folderAbove(start, name) {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The folder whose node_modules the bundle's packages are found from. */
function installFolder(packageFolder) {
  const folder = folderAbove(packageFolder, 'node_modules');
  if (folder !== undefined) return folder;
  throw expected('the dependencies are not installed; run "npm ci" first');
}

/** The bundle of an earlier start, if none of the files it was made of has changed since; with `startOnly` none of those that every start loads. */
function warmBundle(cacheFolder, startOnly) {
  let built;
  try {
    built = JSON.parse(readFileSync(join(cacheFolder, 'built.json'), 'utf8'));
  } catch {
    return undefined;
  }
  // What another version of this program wrote may say other things.
  if (typeof built?.folderName !== 'string' || typeof built.main !== 'string' || !Array.isArray(built.files))
    return undefined;
  const bundle = join(cacheFolder, built.folderName, built.main);
  if (startOnly && isAsItWas(built.start) && existsSync(bundle)) return bundle;
  const stamp = stampOf(built.files);
  const isSame = (stamp !== undefined && built.stamp === stamp) || built.key === contentKey(built.files);
  if (!isSame || !existsSync(bundle)) return undefined;
  // Made right after a file was saved, or the files were copied since: what the disk says of them now spares the next start reading them.
  if (stamp !== undefined && built.stamp !== stamp)
    keepStamp(cacheFolder, { ...built, stamp, start: stamped(built.start?.files ?? []) });
  return bundle;
}

function keepStamp(cacheFolder, built) {
  const file = join(cacheFolder, built.folderName, `built-${process.pid.toString(36)}.json`);
  try {
    writeFileSync(file, JSON.stringify(built));
    renameSync(file, join(cacheFolder, 'built.json'));
  } catch {
    // A cache that others wrote, or that another start tidies: the files are read again.
  }
}

async function coldBundle(folders) {
  const { bundle } = await import('./bundle.mjs');
  return bundle({ ...folders, contentKey, stamped });
}

/** Files with what the disk says of them. */
const stamped = (files, before) => ({ files, stamp: stampOf(files, before) });

/** The files that every start loads of the newest bundle; nothing where there is none, or one of them has changed since. */
function filesOfStart(cacheFolder) {
  try {
    const { start } = JSON.parse(readFileSync(join(cacheFolder, 'built.json'), 'utf8'));
    return isAsItWas(start) ? start.files : undefined;
  } catch {
    return undefined;
  }
}

const isAsItWas = (start) => start?.stamp !== undefined && start.stamp === stampOf(start.files);

/** For how long after a write another one may leave the same times behind, on a disk that counts in seconds. */
const COARSEST_CLOCK_MS = 2000;

/** `stampsOf` as one text. */
function stampOf(files, before) {
  const stamps = stampsOf(files, before);
  return stamps && digest([new Uint8Array(stamps.buffer)]);
}

/**
 * What the disk says of `files` without opening one; whoever writes a file changes it, because nobody sets the time of a change.
 * Most starts read no source because of it. Nothing where a file is gone, or was written so lately that the next write might look the same.
 */
function stampsOf(files, before = Date.now()) {
  // Numbers in one array: a text for each of nearly a thousand files, hashed one by one, costs as much as asking the disk for them.
  const stamps = new Float64Array(files.length * 4);
  for (const [i, file] of files.entries()) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined || found.ctimeMs > before - COARSEST_CLOCK_MS) return undefined;
    stamps.set([found.ino, found.size, found.mtimeMs, found.ctimeMs], i * 4);
  }
  return stamps;
}

/** A digest of the names and contents of `files`; a file that is gone has a digest of its own. */
function contentKey(files) {
  return digest(files.flatMap((file) => [file, contentOf(file)]));
}

/** What a file holds. Every start asks it of each file that the bundle was made of, so nothing is asked twice. */
function contentOf(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'gone';
    throw error;
  }
}

/** A digest of texts and bytes. */
function digest(parts) {
  // Here and not above: it takes longer to load than the rest of a start that has been answered before.
  const hash = require('node:crypto').createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** An error that a person can mend, so it is printed without a stack. */
function expected(message) {
  return Object.assign(new Error(message), { expected: true });
}

/**
 * Keeps bytes or text in a file of a cache. It is written beside and moved, so that another start reads the whole of the one or of the other. Where nobody may write
 * to the cache, or the disk is full, it is not kept, and the next start does the work again.
 */
function keepFile(file, data) {
  const beside = `${file}-${process.pid.toString(36)}`;
  try {
    writeFileSync(beside, data);
    renameSync(beside, file);
  } catch {
    rmSync(beside, { force: true });
  }
}

module.exports = {
  bundled,
  cacheFolderOf,
  cacheOf,
  digest,
  expected,
  filesOfStart,
  folderAbove,
  keepFile,
  keptBeside,
  stampsOf,
};
