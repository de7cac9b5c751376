import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { gitIn } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const asked = promisify(execFile);

test('promotions at once all land, on one line of commits, and leave no turn behind', async () => {
  const copy = new ProjectCopy();
  const ops = join(copy.folder, '.portolan', 'ops.git');
  const portolan = async (...args: readonly string[]): Promise<{ outcome: string; commit: string }> => {
    const { stdout } = await asked(process.execPath, [resolve('bin/portolan.cjs'), ...args, '--json'], {
      cwd: copy.folder,
      encoding: 'utf8',
    });
    return JSON.parse(stdout) as { outcome: string; commit: string };
  };
  const promote = (tag: number): ReturnType<typeof portolan> =>
    portolan(
      ...['promote', 'staging', '--no-resolve', '--allow-older', '--allow-unmerged'],
      ...['--image', `todo-app=arkb2023/todo-app:${String(tag).padStart(40, '0')}`],
    );
  await asked(process.execPath, [resolve('bin/portolan.cjs'), 'publish', 'staging', '--allow-unmerged'], {
    cwd: copy.folder,
  });

  const answers = await Promise.all([1, 2, 3, 4, 5].map(promote));
  const line = gitIn(ops, 'log', '--format=%H %P', 'env/staging').split('\n');

  expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => 'updated'));
  expect(line).toHaveLength(6);
  expect(line.every((commit) => commit.split(' ').length <= 2)).toBe(true);
  expect(new Set(line.slice(0, -1).map((commit) => commit.slice(0, 40)))).toEqual(
    new Set(answers.map(({ commit }) => commit)),
  );
  expect(readdirSync(ops).filter((name) => name.startsWith('portolan-turn'))).toEqual([]);
});
