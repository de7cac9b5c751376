import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ObjectStream, type GitObject } from '../../../src/ops/git/object-stream.ts';
import { readObjects } from '../../../src/ops/git/object-reader.ts';
import { readTree } from '../../../src/ops/git/read-tree.ts';
import { bareRepository, commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import fc from '../../support/properties.ts';
import { withGitOnPath } from '../support/git-on-path.ts';

const texts = (objects: readonly (GitObject | undefined)[]): readonly (string | undefined)[] =>
  objects.map((object) => object?.bytes.toString('utf8'));

const seconds = (count: number): Promise<void> => new Promise((done) => setTimeout(done, count * 1000));

describe('objects of a repository', () => {
  test('are read by path, by ref and by id, and what does not exist is told apart', async () => {
    const gitDir = bareRepository();
    const commit = commitByHand(gitDir, 'main', { 'a.txt': 'a\n', 'below/b.txt': 'ä\n', empty: '' });
    const [a, none, b, empty, tip] = await readObjects({ gitDir }, [
      `${commit}:a.txt`,
      `${commit}:missing`,
      `${commit}:below/b.txt`,
      `${commit}:empty`,
      'refs/heads/main',
    ]);

    expect(texts([a, none, b, empty])).toEqual(['a\n', undefined, 'ä\n', '']);
    expect([tip?.type, tip?.id]).toEqual(['commit', commit]);
    expect(texts(await readObjects({ gitDir }, [a?.id ?? '']))).toEqual(['a\n']);
  });

  test('are those of now: a commit, a branch and a pack that came after the first question', async () => {
    const gitDir = bareRepository();
    const before = commitByHand(gitDir, 'main', { a: '1' });

    expect(texts(await readObjects({ gitDir }, ['main:a', 'other:a']))).toEqual(['1', undefined]);

    commitByHand(gitDir, 'main', { a: '2' });
    gitIn(gitDir, 'branch', 'other', before);
    gitIn(gitDir, 'pack-refs', '--all');
    gitIn(gitDir, 'repack', '-adq');
    commitByHand(gitDir, 'third', { a: '3' });

    expect(texts(await readObjects({ gitDir }, ['main:a', 'other:a', 'third:a']))).toEqual(['2', '1', '3']);
  });

  test('are asked for in one process, however many ask at once, which ends soon after the last question', async () => {
    const gitDir = bareRepository();
    commitByHand(gitDir, 'main', Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, `${i}`])));

    await withGitOnPath({}, async (git) => {
      const asked = Array.from({ length: 30 }, (_, i) => readObjects({ gitDir }, [`main:f${i}`, `main:f${29 - i}`]));

      expect((await Promise.all(asked)).map(texts)).toEqual(asked.map((_, i) => [`${i}`, `${29 - i}`]));
      expect(git.commands()).toEqual(['cat-file']);

      const isThere = (): boolean =>
        execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).includes(`--git-dir=${gitDir} `);
      // On a machine with other work, soon is later.
      for (let waited = 0; isThere() && waited < 20; waited += 1) await seconds(1);

      expect(isThere()).toBe(false);
      expect(texts(await readObjects({ gitDir }, ['main:f1']))).toEqual(['1']);
      expect(git.commands()).toEqual(['cat-file', 'cat-file']);
    });
  });

  test('fail with what git says where there is no repository, and are read once there is one', async () => {
    const place = bareRepository();
    commitByHand(place, 'main', { a: '1' });
    const gitDir = join(temporaryFolder(), 'later.git');

    await expect(readObjects({ gitDir }, ['main:a'])).rejects.toMatchObject({ kind: 'not-a-repository' });

    renameSync(place, gitDir);

    expect(texts(await readObjects({ gitDir }, ['main:a']))).toEqual(['1']);
  });

  test('fail where git dies on the way, and the next question is answered', async () => {
    const gitDir = bareRepository();
    commitByHand(gitDir, 'main', { a: '1' });

    await withGitOnPath({ 'cat-file': 'kill -9 $$' }, () =>
      expect(readObjects({ gitDir }, ['main:a'])).rejects.toMatchObject({
        message: expect.stringContaining('SIGKILL'),
      }),
    );

    expect(texts(await readObjects({ gitDir }, ['main:a']))).toEqual(['1']);
  });
});

test('what git writes is taken whole, wherever its writing is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined }), { maxLength: 6 }),
      fc.array(fc.nat(300), { maxLength: 12 }),
      (contents, cuts) => {
        const id = 'a'.repeat(40);
        const written = Buffer.concat(
          contents.map((bytes) =>
            bytes === undefined
              ? Buffer.from('main:no such file missing\n')
              : Buffer.concat([Buffer.from(`${id} blob ${bytes.length}\n`), bytes, Buffer.from('\n')]),
          ),
        );
        const places = [...new Set([...cuts.filter((at) => at < written.length), written.length])].sort(
          (a, b) => a - b,
        );
        const incoming = new ObjectStream();
        const taken: (string | undefined)[] = [];
        let from = 0;
        for (const to of places) {
          incoming.push(written.subarray(from, to));
          from = to;
          for (let next = incoming.object(); next !== undefined; next = incoming.object())
            taken.push(next.found?.bytes.toString('hex'));
        }

        expect(taken).toEqual(
          contents.map((bytes) => (bytes === undefined ? undefined : Buffer.from(bytes).toString('hex'))),
        );
      },
    ),
  );
});

describe('the files of a commit', () => {
  test('are those that git lists, in its order, with their modes', async () => {
    const folder = temporaryFolder();
    gitIn(folder, 'init', '--quiet');
    const paths = ['a', 'a.b', 'a-b/c', 'ab/c', 'ab.d', 'deep/er/and/deeper', 'deep/er/same', 'also/er/same', 'ü/ß x'];
    for (const path of paths) {
      const id = gitIn(folder, 'hash-object', '-w', '--stdin', '--path', path);
      gitIn(folder, 'update-index', '--add', '--cacheinfo', `${path === 'a' ? '100755' : '100644'},${id},${path}`);
    }
    gitIn(folder, 'update-index', '--add', '--cacheinfo', `120000,${gitIn(folder, 'rev-parse', ':a')},link`);
    gitIn(folder, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    gitIn(folder, 'commit', '--quiet', '-m', 'Files');
    const listed = gitIn(folder, 'ls-tree', '-r', '-z', 'HEAD').split('\0').slice(0, -1);
    const tree = await readTree(join(folder, '.git'), 'HEAD');

    expect([...tree].map(([path, { mode, id }]) => `${mode} ${id} ${path}`)).toEqual(
      listed.map((line) => line.replace(/^(\d+) \w+ (\w+)\t/, '$1 $2 ')),
    );
    expect(tree.size).toBe(paths.length + 2);
  });

  test('are not told without a folder that is damaged', async () => {
    const gitDir = bareRepository();
    const commit = commitByHand(gitDir, 'main', { a: '1', 'below/b': '2' });
    const id = gitIn(gitDir, 'rev-parse', 'main:below');
    const loose = join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
    chmodSync(loose, 0o644);
    writeFileSync(loose, 'no object');

    await expect(readTree(gitDir, commit)).rejects.toThrow(`${id} is no tree`);
  });

  test('are none of what is no commit', async () => {
    const gitDir = bareRepository();
    commitByHand(gitDir, 'main', { a: '1' });

    await expect(readTree(gitDir, 'f'.repeat(40))).rejects.toThrow(`${'f'.repeat(40)}^{tree} is no tree`);
  });
});
