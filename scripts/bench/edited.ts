import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processSeconds, ratioOf, root } from './ratio.ts';

/** `check` right after somebody saved project.ts, beside `check` where nothing changed since; both on a clock, because a process that bundles is left behind. */
export function editedBesideWarm(): number {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const first = join(root, 'examples', 'first');
    for (const name of readdirSync(first).filter((it) => it === 'project.ts' || it.startsWith('Pulumi.')))
      cpSync(join(first, name), join(folder, name));
    const check = (): number => processSeconds([join(root, 'bin', 'portolan.cjs'), 'check'], folder);
    return ratioOf(() => {
      appendFileSync(join(folder, 'project.ts'), '// One more line.\n');
      return check();
    }, check);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
