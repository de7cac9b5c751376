import { expect, test } from '@jest/globals';
import { loadedBy, nearestTests } from '../../../scripts/mutation/nearest-tests.ts';

test('a file loads what it imports, but not the types', () => {
  const text = [
    "import { a } from './a.ts';",
    "import type { B } from './b.ts';",
    "import { type C, d } from '../d.ts';",
    "import { x } from 'a-package';",
    "export const later = (): Promise<unknown> => import('./e.ts');",
  ].join('\n');

  expect(loadedBy('src/ops/f.ts', text)).toEqual(['src/ops/a.ts', 'src/d.ts', 'src/ops/e.ts']);
});

test('the nearest tests of a file are its own, then those with the fewest imports between, then those beside it', () => {
  const imports = new Map([
    ['src/ops/b.ts', ['src/ops/a.ts']],
    ['test/review/near.test.ts', ['src/ops/a.ts']],
    ['test/ops/near.test.ts', ['src/ops/a.ts']],
    ['test/ops/a.test.ts', ['src/ops/b.ts']],
    ['test/ops/far.test.ts', ['src/ops/b.ts']],
    ['test/ops/none.test.ts', ['src/ops/c.ts']],
    ['test/e2e/near.test.ts', ['src/ops/a.ts']],
    ['test/support/a.ts', ['src/ops/a.ts']],
  ]);

  expect(nearestTests('src/ops/a.ts', imports)).toEqual([
    'test/ops/a.test.ts',
    'test/ops/near.test.ts',
    'test/review/near.test.ts',
    'test/ops/far.test.ts',
  ]);
});

test('who starts the launcher loads the command line, in whatever process', () => {
  expect(
    loadedBy('test/support/copy.ts', "import { a } from './a.ts';\nexport const bin = join(a, 'bin', 'portolan.cjs');"),
  ).toEqual(['test/support/a.ts', 'src/cli/main.ts']);
});

test('the tests of what was approved are asked after the two nearest, for they look at nearly everything', () => {
  const imports = new Map([
    ['src/b.ts', ['src/a.ts']],
    ['test/1.test.ts', ['src/a.ts']],
    ['test/2.test.ts', ['src/a.ts']],
    ['test/3.test.ts', ['src/a.ts']],
    ['test/approved/a.test.ts', ['src/b.ts']],
    ['test/approved/b.test.ts', ['src/c.ts']],
  ]);

  expect(nearestTests('src/a.ts', imports)).toEqual([
    'test/1.test.ts',
    'test/2.test.ts',
    'test/approved/a.test.ts',
    'test/3.test.ts',
  ]);
});
