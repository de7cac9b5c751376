import { describe, expect, test } from '@jest/globals';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { build, opsContext } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

const dev = { environment: 'dev' };
const strays = {
  'manifests/shop/miner.yaml': 'kind: Pod\n',
  'manifests/shop/deeper/unseen.yaml': 'kind: Pod\n',
  'manifests/shop/notes.md': 'a note\n',
  'manifests/other.yaml': 'kind: Pod\n',
  'notes.md': 'a note\n',
  LICENSE: 'MIT\n',
};

describe('files on a branch that this program never wrote', () => {
  test('are named by verify and status, and those that the engine applies are told apart', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    expect(await verify(context, dev)).toMatchObject({ differing: [], strays: [], applied: [] });
    commitByHand(context.bare, 'env/dev', strays);

    const told = {
      strays: Object.keys(strays)
        .filter((path) => path !== 'LICENSE')
        .sort(),
      applied: ['manifests/shop/miner.yaml'],
    };
    expect(await verify(context, dev)).toMatchObject({ differing: [], ...told });
    expect((await readStatus(context, context.delivery.environments))[0]?.published).toMatchObject(told);
  });

  test('are told by a write that leaves them there', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/dev', strays);

    const { foreign, notices } = await promote(context, build(2));

    expect(foreign).toContain('notes.md');
    expect(notices).toEqual([
      'manifests/shop/miner.yaml is not of this program, and the cluster gets it: "npx portolan verify dev" fails until it is gone',
    ]);
  });

  test('can be removed as the runbook says: by a branch of one commit, which verifies', async () => {
    const context = await gatedOps();
    commitByHand(context.bare, 'env/prod', { 'manifests/shop/miner.yaml': 'kind: Pod\n' });
    await context.repository.refresh();
    expect((await verify(context, { environment: 'prod' })).applied).toEqual(['manifests/shop/miner.yaml']);

    const mine = 'promote/prod/remove-stray';
    gitIn(context.bare, 'update-ref', `refs/heads/${mine}`, 'env/prod');
    const revision = commitByHand(context.bare, mine, { 'manifests/shop/miner.yaml': null });
    await context.repository.refresh();

    expect(await verify(context, { environment: 'prod', revision })).toMatchObject({ differing: [], applied: [] });
  });
});
