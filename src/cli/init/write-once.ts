import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../arguments/usage-error.ts';

/** Folder that a new repository ignores: what was begun lies there until it is whole. */
const BESIDE = '.portolan';

/**
 * Writes files where none of them is yet, each as a whole or not at all. One that is there with the very same text is left as it is, so
 * that what was broken off is brought to its end by doing it again.
 *
 * @throws UsageError that names those that are there with another text; nothing is written then
 */
export function writeOnce(folder: string, files: ReadonlyMap<string, string>): void {
  const missing = [...files.keys()].filter((file) => !existsSync(join(folder, file)));
  const other = [...files].flatMap(([file, text]) =>
    missing.includes(file) || readFileSync(join(folder, file), 'utf8') === text ? [] : [file],
  );
  if (other.length > 0) throw isThere(folder, other);
  const begun = join(folder, BESIDE, `init-${process.pid}`);
  mkdirSync(begun, { recursive: true });
  try {
    for (const [i, file] of missing.entries()) {
      const whole = join(begun, String(i));
      writeFileSync(whole, files.get(file) ?? '');
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      // Somebody may write at this very moment: a second name is never given in the place of another file.
      give(whole, folder, file);
    }
  } finally {
    rmSync(begun, { recursive: true, force: true });
  }
}

function give(whole: string, folder: string, file: string): void {
  try {
    linkSync(whole, join(folder, file));
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? isThere(folder, [file]) : error;
  }
}

const isThere = (folder: string, files: readonly string[]): UsageError =>
  new UsageError(`${folder} has ${files.join(', ')}, and nothing is ever overwritten; name a folder without`);
