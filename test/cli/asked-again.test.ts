import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { commitByHand } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const portolanIn =
  (copy: ProjectCopy) =>
  (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('bin/portolan.cjs'), ...args], {
      cwd: copy.folder,
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  };

test('status says the same the second time, and sees what changed of the program, of a setting and of the branch', () => {
  const copy = new ProjectCopy();
  const portolan = portolanIn(copy);
  const status = (...more: readonly string[]): string =>
    portolan('status', 'staging', '--no-cluster', ...more).replaceAll(/for [^,]+, by/g, 'for a while, by');
  const edit = (file: string, from: string, to: string): void => {
    const path = join(copy.folder, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };
  portolan('publish', 'staging', '--allow-unmerged');

  const first = status();

  expect(first).toContain('as this program renders it');
  expect(status()).toBe(first);
  expect(status('--no-cache')).toBe(first);

  edit('project.ts', "LOG_LEVEL: 'INFO'", "LOG_LEVEL: 'WARNING'");

  expect(status()).toMatch(/files? differs? from what this program renders/);

  edit('project.ts', "LOG_LEVEL: 'WARNING'", "LOG_LEVEL: 'INFO'");

  expect(status()).toBe(first);

  edit('Pulumi.staging.yaml', 'broadcaster: 6', 'broadcaster: 5');

  expect(status()).toMatch(/files? differs? from what this program renders/);

  edit('Pulumi.staging.yaml', 'broadcaster: 5', 'broadcaster: 6');
  commitByHand(join(copy.folder, '.portolan', 'ops.git'), 'env/staging', { 'manifests/other/pod.yaml': 'kind: Pod\n' });

  expect(status()).toContain('manifests/other/pod.yaml');
});

test('history says the same the second time, two at once do, and what came since is told', async () => {
  const copy = new ProjectCopy();
  const portolan = portolanIn(copy);
  portolan('publish', 'staging', '--allow-unmerged');
  portolan('hold', 'staging', '--reason', 'wait');
  const history = (...more: readonly string[]): string => portolan('history', 'staging', ...more);

  const first = history();

  expect(first.trim().split('\n')).toHaveLength(2);
  expect(history()).toBe(first);
  expect(history('--no-cache')).toBe(first);

  portolan('unhold', 'staging');
  const asked = promisify(execFile);
  const both = await Promise.all(
    [1, 2].map(() =>
      asked(process.execPath, [resolve('bin/portolan.cjs'), 'history', 'staging'], {
        cwd: copy.folder,
        encoding: 'utf8',
      }),
    ),
  );
  const anew = history('--no-cache');

  expect(anew.trim().split('\n')).toHaveLength(3);
  expect(both.map(({ stdout }) => stdout)).toEqual([anew, anew]);
  expect(history()).toBe(anew);
  expect(history('--most', '1')).toBe(history('--most', '1', '--no-cache'));
  expect(history('--json')).toBe(history('--json', '--no-cache'));
});
