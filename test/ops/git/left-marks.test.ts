import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { removeLeftMarks } from '../../../src/ops/git/left-marks.ts';
import { writeCommit, type NewCommit } from '../../../src/ops/git/write-commit.ts';
import { bareRepository, gitIn } from '../../support/git.ts';

/** More objects than Git leaves loose, so that they come as a pack; the same commit is the same pack. */
const commit: NewCommit = {
  changes: new Map(
    Array.from({ length: 200 }, (_, at) => [`manifests/${at}.yaml`, { kind: 'write', text: `number: ${at}\n` }]),
  ),
  message: 'many files',
  author: { name: 'alice', email: 'alice@example.com' },
  at: new Date('2026-01-02T03:04:05Z'),
};

const packs = (bare: string, name = ''): string => join(bare, 'objects/pack', name);

/** Name of the only pack of a repository, without its ending. */
function packOf(bare: string): string {
  const [pack] = readdirSync(packs(bare)).filter((it) => it.endsWith('.pack'));
  return (pack ?? 'there is none').replace(/\.pack$/, '');
}

test.each([
  ['before it wrote the mark', [], ''],
  ['before its pack was there', [], 'fast-import'],
  ['before the index of its pack was there', ['pack'], 'fast-import'],
])('a commit is written again after a fast-import that was killed %s', async (_when, left, said) => {
  const whole = bareRepository();
  await writeCommit(whole, commit);
  const name = packOf(whole);
  const bare = bareRepository();
  for (const extension of left) copyFileSync(packs(whole, `${name}.${extension}`), packs(bare, `${name}.${extension}`));
  writeFileSync(packs(bare, `${name}.keep`), said);

  const id = await writeCommit(bare, commit);

  expect(gitIn(bare, 'ls-tree', '-r', '--name-only', id).trim().split('\n')).toHaveLength(200);
  expect(readdirSync(packs(bare)).filter((it) => it.endsWith('.keep'))).toEqual([]);
  gitIn(bare, 'fsck', '--strict');
});

test('the mark of a whole pack is a person’s, and stays', async () => {
  const bare = bareRepository();
  await writeCommit(bare, commit);
  const own = packs(bare, `${packOf(bare)}.keep`);
  writeFileSync(own, '');
  const left = packs(bare, `pack-${'0'.repeat(40)}.keep`);
  writeFileSync(left, 'fast-import');

  await removeLeftMarks(bare);

  expect([existsSync(own), existsSync(left)]).toEqual([true, false]);
});
