import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCommittedStackFile } from '../../src/pulumi/read-committed-stack-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

const git = (...words: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
    cwd: folder,
    stdio: 'ignore',
  });
};

describe('the committed stack files', () => {
  test('are read as the last commit has them, whatever changed since', async () => {
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config: {}\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config:\n  portolan:host: shop.example.com\n');

    expect(await readCommittedStackFile(folder, 'dev')).toEqual({ config: {} });
    expect(await readCommittedStackFile(folder, 'prod')).toBeUndefined();
  });

  test('are not known to be committed outside of Git', async () => {
    expect(await readCommittedStackFile(folder, 'dev')).toBeUndefined();
  });
});
