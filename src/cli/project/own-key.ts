import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isRunByNobody } from '../run-by-nobody.ts';
import { draftOf } from './draft-of.ts';

const BYTES = 32;

/** Where programs of this user keep what they can make again. */
const cachesOf = (env: NodeJS.ProcessEnv): string => {
  const named = env['XDG_CACHE_HOME'] ?? '';
  return named === '' ? join(homedir(), '.cache') : named;
};

/**
 * A key of this user on this machine, made at the first call: what is signed with it was written here, by a program of theirs. It lies outside of every
 * project, so that no repository and no cache that is carried about can hold it.
 *
 * @returns nothing where it cannot be kept, where somebody else may read it, and where no person started this, e.g. in CI: such a machine is nobody's
 */
export function ownKey(env: NodeJS.ProcessEnv = process.env): Buffer | undefined {
  if (isRunByNobody(env)) return undefined;
  try {
    const folder = join(cachesOf(env), 'portolan');
    const file = join(folder, 'key');
    // A home that is no whole path would lie in whatever folder this is called in.
    return isAbsolute(folder) ? (keyIn(file) ?? made(folder, file)) : undefined;
  } catch {
    // No home, a full disk, or one that nobody may write to.
    return undefined;
  }
}

/** Put into its place whole, or not at all: of two that make one at once, the first one's is the key. */
function made(folder: string, file: string): Buffer | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = draftOf(file);
  try {
    writeFileSync(draft, randomBytes(BYTES), { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return keyIn(file);
}

function keyIn(file: string): Buffer | undefined {
  try {
    const { mode, uid } = statSync(file);
    // Windows knows neither.
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    const key = readFileSync(file);
    return isOwn && key.length === BYTES ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
