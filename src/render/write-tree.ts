import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What rendering writes; a folder that holds anything else is somebody else's. */
const rendered = /^(?:manifests\/[^/]+(?:\/[^/]+)?|bootstrap|\.github\/workflows)\/[^/]+\.yaml$/;

/** How many foreign files an error names. */
const mentioned = 5;

/**
 * Makes a folder hold exactly these files: whole or not at all. They are written beside it first and take its place
 * with one rename, so a full disk or a killed process never leaves half a tree. A folder that holds them already is left
 * alone. The one place of this stage that touches the disk.
 *
 * @param folder - absolute path; made when it is not there
 * @param files - text by path below the folder
 * @throws when the folder holds something that rendering did not write, or cannot be written; it is unchanged then
 */
export function writeTree(folder: string, files: ReadonlyMap<string, string>): void {
  const parent = dirname(folder);
  attempt(folder, () => mkdirSync(parent, { recursive: true }));
  const there = filesOf(folder);
  const taken = there !== undefined;
  if (taken) {
    refuseForeignFiles(folder, there, files);
    if (attempt(folder, () => isSame(folder, there, files))) return;
  }
  const beside = attempt(folder, () => mkdtempSync(join(parent, `.${basename(folder)}-`)));
  const next = join(beside, 'next');
  const previous = join(beside, 'previous');
  try {
    attempt(folder, () => {
      writeFiles(next, files);
      if (taken) renameSync(folder, previous);
      try {
        renameSync(next, folder);
      } catch (error) {
        if (taken) renameSync(previous, folder);
        throw error;
      }
    });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Does something to the disk; what goes wrong is said in the words of people. */
function attempt<Result>(folder: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new Error(`portolan: cannot write ${folder}: ${reasonOf(error)}; it is as it was`, { cause: error });
  }
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  const made = new Set<string>();
  mkdirSync(folder);
  for (const [path, text] of files) {
    const target = join(folder, path);
    const within = dirname(target);
    if (!made.has(within)) mkdirSync(within, { recursive: true });
    made.add(within);
    writeFileSync(target, text);
  }
}

/** The files of a folder, by their paths below it; nothing where there is no folder. @throws when something else is there */
function filesOf(folder: string): readonly string[] | undefined {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) throw new Error(`portolan: ${folder} is not a folder; remove it or write to another one`);
  return filesBelow(folder, '');
}

/** @throws when rendering did not write all that is there */
function refuseForeignFiles(folder: string, there: readonly string[], files: ReadonlyMap<string, string>): void {
  const foreign = there.filter((path) => !rendered.test(path) && !files.has(path));
  if (foreign.length === 0) return;
  const more = foreign.length > mentioned ? ` and ${foreign.length - mentioned} more` : '';
  throw new Error(
    `portolan: ${folder} holds files that rendering did not write: ${foreign.slice(0, mentioned).join(', ')}${more}; move them away or write to another folder`,
  );
}

/** Whether the folder holds these files, with these texts, and no other. */
const isSame = (folder: string, there: readonly string[], files: ReadonlyMap<string, string>): boolean =>
  there.length === files.size &&
  there.every((path) => {
    const text = files.get(path);
    return text !== undefined && readFileSync(join(folder, path)).equals(Buffer.from(text));
  });

function filesBelow(folder: string, prefix: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name), `${prefix}${entry.name}/`)
      : [entry.isFile() ? prefix + entry.name : `${prefix}${entry.name} (not a file)`],
  );
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EFBIG':
      return 'the file would be larger than a file may be here (ulimit -f)';
    case 'EDQUOT':
      return 'the disk quota is used up';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
