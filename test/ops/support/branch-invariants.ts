import { expect } from '@jest/globals';
import { unitOf } from '../../../src/model/derived/units.ts';
import { completeBranch, renderBranch } from '../../../src/ops/branch/branch-files.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import { wholeRelease } from '../../../src/ops/release/release-record.ts';
import { filesOf, gitIn } from '../../support/git.ts';

/** Whether every commit of a branch has one parent, which is the one before it, down to a single first one. */
export function isLinear(bare: string, branch = 'env/dev'): boolean {
  const lines = gitIn(bare, 'rev-list', '--parents', branch)
    .split('\n')
    .map((line) => line.split(' '));
  return lines.every(([, ...parents], i) => parents.length === (i === lines.length - 1 ? 0 : 1));
}

/** Expects of the branch of a unit of `dev` exactly what a fresh rendering of its release makes. */
export async function expectWhole(
  context: OpsContext & { readonly bare: string },
  application?: string,
): Promise<void> {
  const unit = unitOf(context.delivery, { environment: 'dev', ...(application === undefined ? {} : { application }) });
  const record = readReleaseRecord(filesOf(context.bare, unit.branch).get('release.yaml') ?? '');
  const content = await renderBranch(context, unit, wholeRelease(record.applications));
  const { files } = completeBranch(context.delivery.name, content, record);
  expect(filesOf(context.bare, unit.branch)).toEqual(new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
}
