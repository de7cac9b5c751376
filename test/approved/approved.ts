import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';

/**
 * Holds what the program says against what somebody read and approved: a file in `texts`, which `npm run golden` writes anew.
 * Read its difference before you commit it: it is what people will be told.
 */
export function expectApproved(name: string, texts: readonly string[]): void {
  const lines = texts.flatMap((text) => text.split('\n'));
  const file = join(import.meta.dirname, 'texts', name);
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, `${lines.join('\n')}\n`);
  const approved = readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
  // Only what differs is told: a table of a thousand answers helps nobody.
  const [now, then] = [new Set(lines), new Set(approved)];
  expect({
    remedy: '"npm run golden" writes it anew; read the difference',
    new: lines.filter((line) => !then.has(line)),
    gone: approved.filter((line) => !now.has(line)),
  }).toEqual({ remedy: expect.any(String), new: [], gone: [] });
  expect(lines.join('\n')).toBe(approved.join('\n'));
}
