import { expect } from '@jest/globals';
import { unitOf } from '../../../src/model/derived/units.ts';
import { completeBranch, renderBranch } from '../../../src/ops/branch/branch-files.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { wholeRelease } from '../../../src/ops/release/release-record.ts';
import { filesOf, gitIn } from '../../support/git.ts';
import { recordOf } from './fake-ops.ts';

/** Whether every commit of `env/dev` has one parent, which is the one before it, down to a single first one. */
export function isLinear(bare: string): boolean {
  const lines = gitIn(bare, 'rev-list', '--parents', 'env/dev')
    .split('\n')
    .map((line) => line.split(' '));
  return lines.every(([, ...parents], i) => parents.length === (i === lines.length - 1 ? 0 : 1));
}

/** Expects of `env/dev` exactly what a fresh rendering of its release makes. */
export async function expectWhole(context: OpsContext & { readonly bare: string }): Promise<void> {
  const record = recordOf(context.bare, 'dev');
  const content = await renderBranch(
    context,
    unitOf(context.delivery, { environment: 'dev' }),
    wholeRelease(record.applications),
  );
  const { files } = completeBranch(context.delivery.name, content, record);
  expect(filesOf(context.bare, 'env/dev')).toEqual(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}
