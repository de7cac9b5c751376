import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ancestryIn } from '../../../src/ops/program/ancestry.ts';
import { readProgram } from '../../../src/ops/program/program.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import '../../support/patience.ts';

function repository(): string {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  return folder;
}

function commit(folder: string, text: string): string {
  writeFileSync(join(folder, 'project.ts'), text);
  gitIn(folder, 'add', '.');
  gitIn(folder, 'commit', '--quiet', '--message', text);
  return gitIn(folder, 'rev-parse', 'HEAD');
}

describe('the program', () => {
  test('is a commit of the default branch without changes', async () => {
    const folder = repository();
    const head = commit(folder, 'one');

    expect(await readProgram({ folder })).toMatchObject({ commit: head, uncommitted: false, merged: true });
  });

  test('has uncommitted changes when a file was edited or is new', async () => {
    const folder = repository();
    commit(folder, 'one');
    writeFileSync(join(folder, 'new.ts'), '');

    expect(await readProgram({ folder })).toMatchObject({ uncommitted: true, merged: true });
  });

  test('takes no notice of what changed beside its own folder', async () => {
    const folder = repository();
    mkdirSync(join(folder, 'delivery'));
    writeFileSync(join(folder, 'delivery/project.ts'), '');
    commit(folder, 'one');
    writeFileSync(join(folder, 'elsewhere.ts'), '');

    expect(await readProgram({ folder: join(folder, 'delivery') })).toMatchObject({ uncommitted: false });
  });

  test('is not merged on another branch, nor before it was pushed to where the default branch is kept', async () => {
    const folder = repository();
    commit(folder, 'one');
    gitIn(folder, 'switch', '--quiet', '--create', 'feature');
    commit(folder, 'two');
    expect(await readProgram({ folder })).toMatchObject({ merged: false });

    gitIn(folder, 'switch', '--quiet', 'main');
    gitIn(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    commit(folder, 'three');
    expect(await readProgram({ folder })).toMatchObject({ merged: false });
  });

  test('is no commit outside of a repository, or before the first commit', async () => {
    expect(await readProgram({ folder: temporaryFolder() })).toMatchObject({ uncommitted: true, merged: false });
    expect((await readProgram({ folder: repository() })).commit).toBeUndefined();
  });
});

describe('ancestry', () => {
  test('tells older, newer, same and diverged', async () => {
    const folder = repository();
    const one = commit(folder, 'one');
    const two = commit(folder, 'two');
    gitIn(folder, 'switch', '--quiet', '--create', 'other', one);
    const other = commit(folder, 'other');
    const ancestry = ancestryIn(folder);

    expect(await ancestry.relate(one, two)).toBe('older');
    expect(await ancestry.relate(two, one)).toBe('newer');
    expect(await ancestry.relate(two, two)).toBe('same');
    expect(await ancestry.relate(two, other)).toBe('diverged');
  });

  test('is unknown for a commit that is not there, and where a shallow clone cuts it off', async () => {
    const folder = repository();
    const one = commit(folder, 'one');
    const two = commit(folder, 'two');
    gitIn(folder, 'switch', '--quiet', '--orphan', 'other');
    const other = commit(folder, 'other');
    const clone = join(temporaryFolder(), 'clone');
    gitIn(folder, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${folder}`, clone);
    const ancestry = ancestryIn(clone);

    expect(await ancestry.relate(two, 'f'.repeat(40))).toBe('unknown');
    expect(await ancestry.relate(two, one)).toBe('unknown');
    expect(await ancestry.relate(two, other)).toBe('unknown');
  });
});
