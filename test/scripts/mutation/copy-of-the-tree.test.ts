import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyOfTheTree } from '../../../scripts/mutation/copy-of-the-tree.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';

const files = {
  'Pulumi.staging.yaml': 'config: {}\n',
  'src/a.ts': 'export const a = 1;\n',
  'test/a.test.ts': 'jest.setTimeout(90_000);\n',
};
let copy: string;

beforeAll(() => {
  const root = temporaryFolder();
  for (const [file, text] of Object.entries({ ...files, 'untold.txt': 'not of the repository\n' })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  mkdirSync(join(root, 'node_modules', 'a-package'), { recursive: true });
  copy = copyOfTheTree({ root, files: Object.keys(files), timeoutSeconds: 300 });
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

test('the copy has the files it is told, and no others, with the packages beside them', () => {
  expect(readFileSync(join(copy, 'src', 'a.ts'), 'utf8')).toBe(files['src/a.ts']);
  expect(existsSync(join(copy, 'untold.txt'))).toBe(false);
  expect(existsSync(join(copy, 'node_modules', 'a-package'))).toBe(true);
});

test('the last commit of the copy has every file: the program asks Git what is committed', () => {
  expect(gitIn(copy, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n')).toEqual(Object.keys(files));
  expect(gitIn(copy, 'show', 'HEAD:./Pulumi.staging.yaml')).toBe(files['Pulumi.staging.yaml'].trimEnd());
  expect(gitIn(copy, 'diff', '--stat', 'HEAD')).toBe('');
});

test('a test of the copy has as long as a whole run may take', () => {
  expect(readFileSync(join(copy, 'test', 'a.test.ts'), 'utf8')).toBe('jest.setTimeout(300000);\n');
});
