import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiler } from '../../../scripts/mutation/compiles.ts';
import { faultsOf } from '../../../scripts/mutation/fault.ts';

test('a fault that the compiler refuses is told from one that it takes, each on its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-compiles-'));
  const code = 'export const a = (b?: number): number => b ?? 0;\nexport const c = (d: number): boolean => d > 0;\n';
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }');
  writeFileSync(join(folder, 'a.ts'), code);

  const compiles = compiler(folder, ['a.ts']);
  const answers = faultsOf('a.ts', code).map((fault) => [fault.change, compiles(fault)]);
  rmSync(folder, { recursive: true });

  expect(answers).toEqual([
    ['b ?? 0 → b', false],
    ['d > 0 → d >= 0', true],
  ]);
});
