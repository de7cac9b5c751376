import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sourceCheckouts } from '../../../src/cli/arguments/source-option.ts';
import { workflowFolders } from '../../../src/cli/trees/workflow-folders.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { severalApplications } from '../../support/several-applications.ts';

const one = severalApplications(['shop']);
const [shop] = one.repositories as readonly [Delivery['repositories'][number]];
const two: Delivery = {
  ...one,
  repositories: [
    ...one.repositories,
    { ...shop, name: 'bank', holds: ['source'], url: 'https://github.com/acme/bank' },
  ],
};

/** A repository with two commits, older first. */
function clone(text: string): { readonly folder: string; readonly commits: readonly [string, string] } {
  const folder = temporaryFolder();
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  const commit = (more: string): string => {
    writeFileSync(join(folder, 'file'), `${text} ${more}`);
    gitIn(folder, 'add', '.');
    gitIn(folder, 'commit', '--quiet', '--message', `${text} ${more}`);
    return gitIn(folder, 'rev-parse', 'HEAD');
  };
  return { folder, commits: [commit('one'), commit('two')] };
}

describe('--source', () => {
  test('is a folder, or a folder for each source by its name', () => {
    expect(sourceCheckouts(one, []).folders).toEqual([]);
    expect(sourceCheckouts(one, ['../shop']).folders).toEqual([resolve('../shop')]);
    expect(sourceCheckouts(two, ['shop=../shop', 'bank=a=b']).folders).toEqual([resolve('../shop'), resolve('a=b')]);
  });

  test('orders the commits of each source by its own clone, and knows no order between two', async () => {
    const [first, second] = [clone('shop'), clone('bank')];
    const { ancestry } = sourceCheckouts(two, [`shop=${first.folder}`, `bank=${second.folder}`]);

    for (const { commits } of [first, second]) {
      expect(await ancestry?.relate(commits[0], commits[1])).toBe('older');
      expect(await ancestry?.relate(commits[1], commits[0])).toBe('newer');
      expect(await ancestry?.relate(commits[1], commits[1])).toBe('same');
    }
    expect(await ancestry?.relate(first.commits[0], second.commits[0])).toBe('unknown');
  });

  test.each([
    [
      'a name of no source',
      ['shop-ops=../ops'],
      '--source: must name a repository that holds source: shop=FOLDER or bank=FOLDER, got "shop-ops=../ops"',
    ],
    ['a source twice', ['shop=a', 'shop=b'], '--source: names shop twice; a source has one checkout'],
  ])('fails for %s', (_what, given, message) => {
    expect(() => sourceCheckouts(two, given)).toThrow(message);
  });
});

describe('the workflows of several sources', () => {
  test('are each in a folder of its own, and of one source where they were', () => {
    const foldersOf = (delivery: Delivery): readonly string[] =>
      workflowFolders(delivery, '/out').map(({ folder }) => folder);

    expect(foldersOf(one)).toContain('/out/source');
    expect(foldersOf(two)).toEqual(expect.arrayContaining(['/out/source/shop', '/out/source/bank']));
    expect(foldersOf(two)).not.toContain('/out/source');
  });

  test('name the source that they are checked out of, where there is another', () => {
    const textOf = (delivery: Delivery): string =>
      workflowFolders(delivery, '/out')
        .flatMap(({ files }) => [...files.values()])
        .join('\n');

    expect(textOf(one)).toContain('--source ../source');
    expect(textOf(two)).toContain('--source shop=../source');
  });
});
