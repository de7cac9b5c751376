#!/usr/bin/env node
// Starts Portolan: bundles src/cli/main.ts and the project.ts it is called for, once per change, and runs the bundle.
// Plain JavaScript, and on a warm start nothing but node: modules, because every command waits for this file.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));

await start().catch(async (error) => {
  const { describeFailure, failureData } = await import('./failure.mjs');
  if (process.argv.includes('--json') && error.expected === true) process.stdout.write(failureData(error));
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
});

async function start() {
  const { version, engines } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  refuseOldNode(engines.node.replace('>=', ''));
  const projectFolder = folderAbove(process.cwd(), 'project.ts') ?? packageFolder;
  const cacheFolder = join(
    installFolder(),
    'node_modules',
    '.cache',
    'portolan',
    digest([packageFolder, projectFolder]),
  );
  const bundle = warmBundle(cacheFolder) ?? (await coldBundle({ packageFolder, projectFolder, cacheFolder }));
  nodeModule.enableCompileCache?.(join(dirname(bundle), 'compiled')); // from Node.js 22 on
  const { main } = await import(pathToFileURL(bundle).href);
  process.exitCode = await main({ argv: process.argv.slice(2), projectFolder, packageFolder, version });
}

function refuseOldNode(oldest) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw expected(`Node.js ${oldest} or later is needed, this is ${process.versions.node}`);
}

/** The nearest folder, from `start` upwards, that holds `name`. */
function folderAbove(start, name) {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The folder whose node_modules the bundle's packages are found from. */
function installFolder() {
  const folder = folderAbove(packageFolder, 'node_modules');
  if (folder !== undefined) return folder;
  throw expected('the dependencies are not installed; run "npm ci" first');
}

/** The bundle of an earlier start, if none of the files it was made of has changed since. */
function warmBundle(cacheFolder) {
  let built;
  try {
    built = JSON.parse(readFileSync(join(cacheFolder, 'built.json'), 'utf8'));
  } catch {
    return undefined;
  }
  const bundle = join(cacheFolder, built.folderName, 'main.mjs');
  return built.key === contentKey(built.files) && existsSync(bundle) ? bundle : undefined;
}

async function coldBundle(folders) {
  const { bundle } = await import('./bundle.mjs');
  return bundle({ ...folders, contentKey });
}

/** A digest of the names and contents of `files`; a file that is gone has a digest of its own. */
function contentKey(files) {
  return digest(files.flatMap((file) => [file, existsSync(file) ? readFileSync(file) : 'gone']));
}

function digest(parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** An error that a person can mend, so it is printed without a stack. */
function expected(message) {
  return Object.assign(new Error(message), { expected: true });
}
