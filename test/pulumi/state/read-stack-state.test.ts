import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readStackState } from '../../../src/pulumi/state/read-stack-state.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A CLI that does what a shell line says. */
async function cli(line: string): Promise<string> {
  const path = join(folder, 'cli');
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('asking the CLI for a state', () => {
  test('exports one stack, in the folder of the project, and reads what it has', async () => {
    const resource = '{"urn":"urn:pulumi:dev::shop::github:index/branch:Branch::dev"}';
    const command = await cli(
      `pwd > asked; echo "$@" >> asked; echo '{"version":3,"deployment":{"resources":[${resource}]}}'`,
    );
    const state = await readStackState('acme/shop/dev', folder, command);

    expect(state.has('github:index/branch:Branch', 'dev')).toBe(true);
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(
      `${folder}\nstack export --stack acme/shop/dev --non-interactive\n`,
    );
  });

  test.each([
    ['echo "error: no stack named dev found" >&2; exit 255', 'error: no stack named dev found'],
    ['exit 1', 'it failed without a word'],
    ['echo a-secret-of-the-state', 'what it prints is no state'],
  ])('fails with what it said, and nothing of the state: %s', async (line, why) => {
    const command = await cli(line);

    await expect(readStackState('dev', folder, command)).rejects.toThrow(
      new Error(
        `portolan: the state of the stack "dev" cannot be read (${why}); see that this works: ${command} stack export --stack dev`,
      ),
    );
  });

  test('fails without a CLI', async () => {
    await expect(readStackState('dev', folder, join(folder, 'none'))).rejects.toThrow(
      'cannot be read (there is no pulumi on the PATH)',
    );
  });
});
