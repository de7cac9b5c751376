import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { writeOnce } from '../../../src/cli/init/write-once.ts';
import { temporaryFolder } from '../../support/git.ts';

const files = new Map([
  ['README.md', '# shop\n'],
  ['project.ts', 'export default {};\n'],
  ['test/delivery.test.mjs', 'test();\n'],
]);

const textsIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

describe('what init writes', () => {
  test('is every file and nothing beside them', () => {
    const folder = join(temporaryFolder(), 'shop');
    writeOnce(folder, files);

    expect(textsIn(folder)).toEqual(files);
  });

  test.each(['README.md', 'project.ts', 'test'])(
    'is brought to its end by the next call where it broke off at %s',
    (at) => {
      const folder = join(temporaryFolder(), 'shop');
      mkdirSync(folder);
      // A file where a folder has to be, or the other way round: as good as a full disk.
      if (at === 'test') writeFileSync(join(folder, at), '');
      else for (const [file, text] of files) if (file < at) writeFileSync(join(folder, file), text);
      if (at === 'test')
        expect(() => {
          writeOnce(folder, files);
        }).toThrow(/EEXIST|ENOTDIR/);
      const before = textsIn(folder);
      rmSync(join(folder, 'test'), { force: true });
      writeOnce(folder, files);
      writeOnce(folder, files);

      for (const [file, text] of before) if (file !== 'test') expect(files.get(file)).toBe(text);
      expect(textsIn(folder)).toEqual(files);
    },
  );

  test('fails before the first byte where a file is there with another text', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'project.ts'), 'mine\n');

    expect(() => {
      writeOnce(folder, files);
    }).toThrow(`${folder} has project.ts, and nothing is ever overwritten; name a folder without`);
    expect(textsIn(folder)).toEqual(new Map([['project.ts', 'mine\n']]));
  });
});
