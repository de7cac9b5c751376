import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One folder for whatever the tests of a run put aside. Jest ends its workers before they can tidy up, so the run does: whoever asks for
 * a temporary folder, a test, Git or a program that a test starts, gets it in here.
 */
export default function makeFolder() {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-tests-')));
  // PostgreSQL refuses to run as root and is run as somebody else, who has to reach a folder of its own in here.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
}

/** Removes it, however many workers left something behind. */
export function removeFolder() {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

let folder;
