import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCommittedStackFile, readStackFiles } from '../../src/pulumi/read-stack-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

const git = (...words: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], { cwd: folder, stdio: 'ignore' });
};

describe('the stack files', () => {
  test('are read by stack name, and nothing else is', async () => {
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config:\n  portolan:host: shop.example.com\n');
    await writeFile(join(folder, 'Pulumi.yaml'), 'name: the-shop\n');
    await writeFile(join(folder, 'Pulumi.dev.yaml.orig'), 'not: read\n');

    expect(await readStackFiles(folder)).toEqual({ dev: { config: { 'portolan:host': 'shop.example.com' } } });
  });

  test('fail all at once for what is no YAML that a person would have meant', async () => {
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config: {}\nconfig: {}\n');
    await writeFile(join(folder, 'Pulumi.prod.yaml'), 'config: &a {}\nother: *a\n');
    const error: unknown = await readStackFiles(folder).catch((reason: unknown) => reason);

    expect((error as Error).message).toMatch(/^portolan: the configuration is not valid \(2 problems\)\n {2}Pulumi\.dev\.yaml:2:1: .*\n {2}Pulumi\.prod\.yaml:2:8: .*$/);
  });

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
