// The way from a .ts file of Portolan to a bundle of it: made once per change. On a warm start nothing but node: modules.
// CommonJS, because Node.js takes a fifth longer to start where its first file is an ES module, or one comes after it.
'use strict';

const { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, resolve } = require('node:path');

/** What a program calls its project.ts. */
const PROJECT = '#project';

/** What the names begin with that a project takes of its program by. */
const SHARED = 'portolan';

/**
 * The bundles of `entry`, e.g. src/cli/main, with the project.ts of `projectFolder`; without one, where there is none.
 * In Portolan's own repository they are made of the sources, in an installed package of what they were compiled to.
 * `main` is of the program, and `project` of the project apart, so that a change of it makes little anew; where a project cannot be that, `main` is of both, as
 * ES modules. Either is for `loadBundle`. With `startOnly` it is for a start that loads what every start does and no command, such as one that asks for help:
 * files that have no say in that may have changed since, and the project is left out.
 * @throws an expected error when there is nothing to bundle, or a source file cannot be read as TypeScript
 */
async function bundled({ packageFolder, projectFolder, entry, startOnly = false }) {
  const ofProgram = { packageFolder, entry: fileOf(entry, packageFolder) };
  const programPlace = cacheFolderOf({ packageFolder, entry });
  const program = warm(programPlace, { startOnly }) ?? (await cold('bundleProgram', ofProgram, programPlace));
  const main = fileIn(programPlace, program);
  if (startOnly || projectFolder === undefined) return { main };
  const ofProject = { ...ofProgram, projectFolder, program: { ...program, folder: dirname(main) } };
  const place = cacheFolderOf({ packageFolder, projectFolder, entry });
  const project = warm(place, { program }) ?? (await cold('bundleProject', ofProject, place));
  const file = fileIn(place, project);
  return project.isWhole ? { main: file } : { main, project: file };
}

const fileIn = (cacheFolder, { folderName, main }) => join(cacheFolder, folderName, main);

/** Where the bundles of `entry` are, alone or with a project, and what else is kept for it. */
function cacheFolderOf({ packageFolder, projectFolder, entry }) {
  const place = digest([packageFolder, projectFolder ?? '', entry]);
  return join(cacheOf(packageFolder), place);
}

/** What is kept for every project. */
const cacheOf = (packageFolder) => join(installFolder(packageFolder), 'node_modules', '.cache', 'portolan');

/**
 * Where facts about what these bundles say may be kept, and what tells their program from any other: its files, and the Node.js that runs it; and where the
 * objects may be that it makes, and what tells who makes them: without the project, where that is apart. Nothing where another start has made a newer bundle
 * meanwhile.
 */
function keptBeside({ main, project }) {
  try {
    const place = dirname(dirname(project ?? main));
    const makers = [keyOf(main), process.version].join(' ');
    return {
      folder: join(place, 'facts'),
      program: project === undefined ? makers : `${makers} ${keyOf(project)}`,
      objects: { folder: join(place, 'objects'), makers },
    };
  } catch {
    return undefined;
  }
}

/** What tells the files of a bundle from any others. @throws where a newer bundle was made meanwhile */
function keyOf(bundle) {
  const built = builtIn(dirname(dirname(bundle)));
  if (built.folderName !== basename(dirname(bundle))) throw new Error('newer');
  return built.key;
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

/**
 * What an earlier start built, if none of the files it was made of has changed since; with `startOnly` none of those that every start loads, and with
 * `program` the program that it is for neither.
 */
function warm(cacheFolder, { startOnly = false, program } = {}) {
  let built;
  try {
    built = builtIn(cacheFolder);
  } catch {
    return undefined;
  }
  if (program !== undefined && !built.isWhole && built.program !== program.key) return undefined;
  const isThere = () =>
    [built.main, built.also ?? built.main].every((name) => existsSync(join(cacheFolder, built.folderName, name)));
  if (startOnly && isAsItWas(built.start) && isThere()) return built;
  const stamp = stampOf(built.files);
  const isSame = (stamp !== undefined && built.stamp === stamp) || built.key === contentKey(built.files);
  if (!isSame || !isThere()) return undefined;
  // Made right after a file was saved, or the files were copied since: what the disk says of them now spares the next start reading them.
  if (stamp !== undefined && built.stamp !== stamp)
    keepFile(
      join(cacheFolder, 'built.json'),
      JSON.stringify({ ...built, stamp, ...(built.start === undefined ? {} : { start: stamped(built.start.files) }) }),
    );
  return built;
}

/**
 * What is written down of the newest bundle of a place.
 * @throws where nothing is, or what another version of this program wrote, which may say other things
 */
function builtIn(cacheFolder) {
  const built = JSON.parse(readFileSync(join(cacheFolder, 'built.json'), 'utf8'));
  if (![built.folderName, built.main, built.key].every((it) => typeof it === 'string') || !areTexts(built.files))
    throw new Error('not as it is written');
  return built;
}

const areTexts = (values) => Array.isArray(values) && values.every((it) => typeof it === 'string');

async function cold(how, of, cacheFolder) {
  const bundler = await import('./bundle.mjs');
  return bundler[how]({ ...of, cacheFolder, contentKey, stamped });
}

/** Files with what the disk says of them. */
const stamped = (files, before) => ({ files, stamp: stampOf(files, before) });

/** The files that every start loads of the newest bundle; nothing where there is none, or one of them has changed since. */
function filesOfStart(cacheFolder) {
  try {
    const { start } = builtIn(cacheFolder);
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

/** What a file holds. Nothing is asked twice: a start may ask it of each of a thousand files. */
function contentOf(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code)) return 'gone';
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
  PROJECT,
  SHARED,
  areTexts,
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
