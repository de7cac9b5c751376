import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../arguments/usage-error.ts';

/**
 * Writes files where none of them is yet. Nothing is written where one of them is.
 *
 * @throws UsageError that names those that are there
 */
export function writeOnce(folder: string, files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].filter((file) => existsSync(join(folder, file)));
  if (there.length > 0)
    throw new UsageError(`${folder} has ${there.join(', ')}, and nothing is ever overwritten; name a folder without`);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // Somebody may write at this very moment: then it fails, and does not win.
    writeFileSync(join(folder, file), text, { flag: 'wx' });
  }
}
