import { readdir, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { git } from './run-git.ts';

/** One that works has its index there long before this, in milliseconds. */
const A_MOMENT = 1000;

/**
 * Removes the marks (`pack-*.keep`) that a killed fast-import left. It marks a pack before it moves the pack and then its index to their
 * places, so a mark without an index is its own, and not a person's; one of a process that works gets its index while this waits.
 */
export async function removeLeftMarks(gitDir: string): Promise<void> {
  const folder = resolve(
    gitDir,
    (await git(['rev-parse', '--git-path', 'objects/pack'], { gitDir })).toString().trim(),
  );
  const before = await marksWithoutIndex(folder);
  await sleep(A_MOMENT);
  const after = await marksWithoutIndex(folder);
  for (const [path, written] of after) if (before.get(path) === written) await rm(path, { force: true });
}

/** Path of every such mark → when it was written. */
async function marksWithoutIndex(folder: string): Promise<ReadonlyMap<string, number>> {
  const names = new Set(await readdir(folder));
  const marks = [...names].filter((it) => it.endsWith('.keep') && !names.has(it.replace(/keep$/, 'idx')));
  const found = new Map<string, number>();
  for (const path of marks.map((it) => resolve(folder, it))) {
    const written = await stat(path).catch(() => undefined);
    if (written !== undefined) found.set(path, written.mtimeMs);
  }
  return found;
}
