import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { git } from '../git/run-git.ts';

/**
 * Makes an empty bare repository at a path unless there is something already. Whole or not at all: it is made beside the
 * path and renamed, so that a crash or a second process never leaves or sees half of it.
 */
export async function makeBareFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.unfinished`;
  try {
    await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', unfinished]);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
}

/** Seconds after which a lock of a ref belongs to a process that was killed; git holds one for milliseconds. */
const STALE_LOCK_SECONDS = 10;

/** Removes the lock that a killed process left on a ref, if it is old enough to be one. */
export async function removeStaleLock(gitDir: string, ref: string): Promise<void> {
  const lock = `${gitDir}/${ref}.lock`;
  const found = await stat(lock).catch(() => undefined);
  if (found !== undefined && Date.now() - found.mtimeMs > STALE_LOCK_SECONDS * 1000) await rm(lock, { force: true });
}
