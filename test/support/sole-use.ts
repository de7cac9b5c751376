import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Waits until no other process of the tests uses what there is one of, and keeps it for this one.
 *
 * @param what - tells it from others of its kind on this machine
 * @returns what gives them back
 */
export async function soleUse(what: string): Promise<() => void> {
  const lock = join(tmpdir(), `portolan-e2e-${what.replaceAll(/\W+/g, '-')}.lock`);
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => {
        rmSync(lock, { force: true });
      };
    } catch {
      // Gone in between, or of a process that was broken off: then it is free. Our own was left by a file of tests that is over.
      const holder = Number(readOrNothing(lock));
      if (holder === process.pid || !isAlive(holder)) rmSync(lock, { force: true });
      else await sleep(500);
    }
  }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
