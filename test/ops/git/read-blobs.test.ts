import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileAt, readFiles } from '../../../src/ops/git/read-blobs.ts';
import { readTree } from '../../../src/ops/git/read-tree.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';

/** Files whose contents are their paths, some of them alike, below folders of which one is no file of the commit's. */
const paths = [
  'a.yaml',
  'b.yaml',
  'ä "quoted".yaml',
  ...Array.from({ length: 20 }, (_, i) => `manifests/first/object-${i}.yaml`),
  'manifests/second/object-0.yaml',
];
let gitDir: string;

beforeAll(() => {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet');
  for (const path of paths) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path.endsWith('-0.yaml') ? 'alike' : path);
  }
  symlinkSync('a.yaml', join(folder, 'link'));
  gitIn(folder, 'add', '--all');
  gitIn(folder, '-c', 'user.name=a', '-c', 'user.email=a@localhost', 'commit', '--quiet', '--message', 'all');
  gitDir = join(folder, '.git');
});

describe('files of a commit', () => {
  const asked = [...paths, 'link', 'gone.yaml', 'manifests/gone.yaml', 'gone/a.yaml', 'a.yaml/b'];

  test('are the same by their ids as by their paths, few or many, and what is not there is absent', async () => {
    const tree = await readTree(gitDir, 'HEAD');
    const many = await readFiles(gitDir, tree, asked);
    const one = await Promise.all(asked.map(async (path) => [path, await readFileAt(gitDir, 'HEAD', path)] as const));
    const few = await readFiles(gitDir, tree, ['a.yaml', 'gone.yaml']);

    expect([...many]).toEqual(one.filter(([, text]) => text !== undefined));
    expect(many.size).toBe(paths.length + 1);
    expect([...few]).toEqual([['a.yaml', 'a.yaml']]);
  });

  test('are none where none is asked for, or there is no such commit', async () => {
    expect(await readFiles(gitDir, await readTree(gitDir, 'HEAD'), [])).toEqual(new Map());
    await expect(readTree(gitDir, 'f'.repeat(40))).rejects.toThrow('is no tree');
  });
});
