import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn, temporaryFolder } from '../support/git.ts';

test('fails in a clone without the commit that everything is measured beside, and says how to get it', () => {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet');
  mkdirSync(join(folder, 'scripts', 'bench'), { recursive: true });
  cpSync('scripts/bench/beside.ts', join(folder, 'scripts', 'bench', 'beside.ts'));

  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(folder, 'scripts', 'bench', 'beside.ts')],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );

  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'bench: the history of this clone does not hold 755c1ac, beside which everything is measured; in a shallow clone run "git fetch --unshallow" first\n',
  });
});
