import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { commitByHand } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

test('status says the same the second time, and sees what changed of the program, of a setting and of the branch', () => {
  const copy = new ProjectCopy();
  const portolan = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('bin/portolan.mjs'), ...args], {
      cwd: copy.folder,
      encoding: 'utf8',
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  };
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
