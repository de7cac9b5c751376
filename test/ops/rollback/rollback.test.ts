import { describe, expect, test } from '@jest/globals';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { commitByHand, filesOf, gitIn, subjectsOf } from '../../support/git.ts';
import {
  build,
  fakeRender,
  fromDev,
  opsContext,
  program,
  programCommit,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import { gatedOps, type GatedOps } from '../support/gated-ops.ts';
import { reviseProposals } from '../../../src/ops/proposals/revise-proposals.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import '../../support/patience.ts';

const robot = { actor: 'ci', automatic: true };
const without = (files: ReadonlyMap<string, string>): unknown =>
  [...files].filter(([path]) => path !== 'release.yaml' && path !== 'index.json');

/** Release 1 by program 1, then release 2 by program 2, which renders otherwise. */
async function twoReleases(): Promise<OpsContext & { readonly bare: string; readonly newer: OpsContext }> {
  const context = await opsContext();
  await promote(context, build(1));
  const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG', more: 1 }) };
  await promote(newer, build(2));
  return { ...context, newer };
}

describe('a rollback', () => {
  test('brings the earlier files back to the byte, with the program that rendered them, and needs no rendering', async () => {
    const { bare, newer } = await twoReleases();
    const [bad, good] = gitIn(bare, 'log', '--format=%H', 'env/dev').split('\n');
    const render = (): never => {
      throw new Error('nothing is rendered at night');
    };

    const result = await rollback({ ...newer, render }, { environment: 'dev', reason: 'orders fail' });

    expect(result).toMatchObject({
      outcome: 'updated',
      release: 'a00000000001',
      previousRelease: 'a00000000002',
      restored: good,
      removed: ['manifests/shop/configmap.dev-more-0.yaml'],
    });
    expect(without(filesOf(bare, 'env/dev'))).toEqual(without(filesOf(bare, good!)));
    expect(subjectsOf(bare, 'env/dev')[0]).toBe('Roll dev back to a00000000001 of 2026-01-31T12:00:00Z');
    expect(recordOf(bare, 'dev')).toMatchObject({
      program: { commit: programCommit(1) },
      origin: { kind: 'rollback', to: { release: 'a00000000001', commit: good } },
      change: { kind: 'rollback', by: 'alice', follows: { release: 'a00000000002', commit: bad } },
      holds: [
        {
          kind: 'rollback',
          reason: 'orders fail',
          by: 'alice',
          since: '2026-01-31T12:00:00Z',
          of: { release: 'a00000000002', commit: bad, program: programCommit(2) },
        },
      ],
    });
  });

  test('goes back to a release, an ops commit or a source commit', async () => {
    const { bare, newer } = await twoReleases();
    const [, first] = gitIn(bare, 'log', '--format=%H', 'env/dev').split('\n');
    for (const to of ['a00000000001', first!, first!.slice(0, 8), sourceCommit(1)]) {
      expect(await rollback(newer, { environment: 'dev', to })).toMatchObject({ release: 'a00000000001' });
    }
    expect(subjectsOf(bare, 'env/dev')).toHaveLength(3);
  });

  test('asked for twice goes back once', async () => {
    const { bare, newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    const again = await rollback(newer, { environment: 'dev' });

    expect(again).toMatchObject({
      outcome: 'unchanged',
      notices: [
        'dev is at a00000000001 already; "--to REV" goes further back, and "npx portolan history dev" lists what there is',
      ],
    });
    await hold(newer, { environment: 'dev', reason: 'looking' });
    expect(await rollback(newer, { environment: 'dev' })).toMatchObject({ outcome: 'unchanged' });
    expect(subjectsOf(bare, 'env/dev')).toHaveLength(4);
  });

  test('undoes a publish too, when that was the last thing that changed files', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await publish({ ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' });

    await rollback(context, { environment: 'dev' });

    expect(recordOf(context.bare, 'dev').program).toEqual({ commit: programCommit(1) });
    expect(filesOf(context.bare, 'env/dev').get('manifests/shop/configmap.dev-orders-config.yaml')).toContain('INFO');
  });

  test('renders the older release with this program when told to', async () => {
    const { bare, newer } = await twoReleases();

    await rollback(newer, { environment: 'dev', withCurrentProgram: true });

    expect(recordOf(bare, 'dev')).toMatchObject({
      program: { commit: programCommit(2) },
      applications: { shop: { source: { commit: sourceCommit(1) } } },
    });
    expect(filesOf(bare, 'env/dev').get('manifests/shop/configmap.dev-orders-config.yaml')).toContain('DEBUG');
  });

  test('leaves alone what was never ours', async () => {
    const { bare, newer } = await twoReleases();
    commitByHand(bare, 'env/dev', { 'notes.md': 'mind the gap\n' });

    expect(await rollback(newer, { environment: 'dev' })).toMatchObject({ foreign: ['notes.md'] });
    expect(filesOf(bare, 'env/dev').get('notes.md')).toBe('mind the gap\n');
  });

  test('names what may stay stuck, and that bootstrap/ is not applied by itself', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const newer = { ...context, render: fakeRender({ without: ['StatefulSet/dev-orders-db'], kinds: ['CronJob'] }) };
    await publish(newer, { environment: 'dev', allowRemoval: ['dev-orders-db'] });

    expect((await rollback(context, { environment: 'dev' })).notices).toEqual([
      'bootstrap/ is that of the earlier state, and Argo CD does not apply it: first comes what must be allowed, and "kubectl apply -f bootstrap/" from this commit does once what left the branch is pruned',
      `the AppProject must allow Deployment.apps before Argo CD applies one: kubectl -n argocd patch appproject shop-dev --type json -p '[{"op":"add","path":"/spec/namespaceResourceWhitelist/-","value":{"group":"apps","kind":"Deployment"}}]'`,
      'the AppProject must allow CronJob.apps until Argo CD pruned the last one; else it runs on for ever, and nothing says so',
      'a pod of the StatefulSet dev-orders-db may stay stuck; "kubectl delete pod dev-orders-db-0 --namespace dev --wait=false" frees it',
    ]);
  });
});

describe('a rollback stays', () => {
  test('against automatic promotions of what was rolled back and of anything not newer', async () => {
    const { newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    expect(await refusal(promote({ ...newer, requester: robot }, build(2)))).toBe(
      'portolan: dev was not promoted\n' +
        '  dev is held, and a00000000002 is not newer than a00000000002, which was rolled back\n' +
        '    held by alice since 2026-01-31T12:00:00Z (rollback): rolled back\n' +
        '    next: npx portolan unhold dev, or promote a newer release by hand',
    );
  });

  test('against a publish, but not against one that would change nothing', async () => {
    const { newer, ...context } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    expect(await refusal(publish(newer, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        '  dev is held\n' +
        '    held by alice since 2026-01-31T12:00:00Z (rollback): rolled back\n' +
        '    next: npx portolan unhold dev',
    );
    expect(await publish(context, { environment: 'dev' })).toMatchObject({ outcome: 'unchanged' });
  });

  test('until automation brings something newer than what was rolled back', async () => {
    const { bare, newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    expect(await promote({ ...newer, requester: robot }, build(3))).toMatchObject({
      outcome: 'updated',
      release: 'a00000000003',
      notices: ['no longer held by alice since 2026-01-31T12:00:00Z (rollback): rolled back'],
    });
    expect(recordOf(bare, 'dev').holds).toEqual([]);
  });

  test('until a person brings something newer than what runs, be it what was rolled back', async () => {
    const { bare, newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    expect(await promote(newer, build(2))).toMatchObject({
      outcome: 'updated',
      notices: [
        'no longer held by alice since 2026-01-31T12:00:00Z (rollback): rolled back; a00000000002 is what was rolled back',
      ],
    });
    expect(recordOf(bare, 'dev').holds).toEqual([]);
  });

  test('until it is let go', async () => {
    const { bare, newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    await unhold(newer, { environment: 'dev' });

    expect(recordOf(bare, 'dev')).toMatchObject({
      holds: [],
      change: { kind: 'unhold' },
      applications: { shop: { source: { commit: sourceCommit(1) } } },
    });
    expect(await promote({ ...newer, requester: robot }, build(2))).toMatchObject({ outcome: 'updated' });
  });

  test('against a newer release by the program that was at fault, when only the program went back', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const bad = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }), requester: robot };
    await publish(bad, { environment: 'dev' });
    await rollback(context, { environment: 'dev' });

    expect(await refusal(promote(bad, build(2)))).toContain(
      'dev is held, and this program is not newer than 000000000002, which was rolled back',
    );
    expect(await promote({ ...bad, program: program(3) }, build(2))).toMatchObject({ outcome: 'updated' });
  });

  test('of the program alone, against the release that runs too until the program is newer, and says what is true of it', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const bad = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }), requester: robot };
    await publish(bad, { environment: 'dev' });
    await rollback(context, { environment: 'dev' });

    expect(await refusal(promote(bad, build(1)))).toContain(
      'dev is held, and this program is not newer than 000000000002, which was rolled back',
    );
    expect(await promote({ ...bad, program: program(3) }, build(1))).toMatchObject({ outcome: 'updated' });
    expect(recordOf(context.bare, 'dev').holds).toEqual([]);
  });

  test('when nobody knows whether a release is newer than what was rolled back', async () => {
    const { newer } = await twoReleases();
    await rollback(newer, { environment: 'dev' });

    expect(
      await refusal(
        promote({ ...newer, requester: robot }, { ...build(3), sources: { relate: () => Promise.resolve('unknown') } }),
      ),
    ).toContain('dev is held, and nobody knows whether a00000000003 is newer than a00000000002, which was rolled back');
  });
});

describe('a second rollback before the first is merged', () => {
  const prod = { environment: 'prod' };
  const titles = ({ pullRequests }: GatedOps): readonly string[] =>
    pullRequests.open.map((number) => pullRequests.all[number - 1]?.text.title ?? '');
  const reasons = ({ bare }: GatedOps, ref: string): readonly (readonly [string, string])[] =>
    readReleaseRecord(gitIn(bare, 'show', `${ref}:release.yaml`)).holds.map(({ by, reason }) => [by, reason] as const);
  const head = 'promote/prod/rollback-v1.0.0';
  const bob = { actor: 'bob' };

  /** `prod` at v1.1.0, with nothing open. */
  async function released(): Promise<GatedOps> {
    const context = await gatedOps();
    await promote(context, fromDev('v1.1.0'));
    context.pullRequests.merge(2);
    await context.repository.refresh();
    return context;
  }

  test('is one pull request with both reasons, and the same commit when the first is asked for again', async () => {
    const context = await released();
    await rollback(context, { ...prod, reason: 'orders fail' });
    await rollback({ ...context, requester: bob }, { ...prod, reason: 'payments fail' });
    const both = gitIn(context.bare, 'rev-parse', head);

    await rollback(context, { ...prod, reason: 'orders fail' });

    expect(titles(context)).toEqual(['Roll prod back to v1.0.0 of 2026-01-31T12:00:00Z']);
    expect(reasons(context, head)).toEqual([
      ['alice', 'orders fail'],
      ['bob', 'payments fail'],
    ]);
    expect(gitIn(context.bare, 'rev-parse', head)).toBe(both);
    context.pullRequests.merge(3);
    expect(reasons(context, 'env/prod')).toHaveLength(2);
  });

  test('keeps both reasons, and each with its own name, when the branch moves under it', async () => {
    const context = await released();
    await rollback(context, { ...prod, reason: 'orders fail' });
    await rollback({ ...context, requester: bob }, { ...prod, reason: 'payments fail' });
    await hold(context, { ...prod, reason: 'wait', emergency: 'now' });
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([{ outcome: 'rendered again' }]);
    expect(reasons(context, head)).toEqual([
      ['alice', 'wait'],
      ['alice', 'orders fail'],
      ['bob', 'payments fail'],
    ]);
  });

  test('takes no hold back that was let go meanwhile', async () => {
    const context = await released();
    await hold(context, { ...prod, reason: 'wait', emergency: 'now' });
    await rollback(context, { ...prod, reason: 'orders fail' });
    await unhold(context, { ...prod, emergency: 'now' });

    await rollback({ ...context, requester: bob }, { ...prod, reason: 'payments fail' });

    expect(reasons(context, head)).toEqual([
      ['alice', 'orders fail'],
      ['bob', 'payments fail'],
    ]);
  });

  test('says what to type when it changes nothing and its reason is not on record', async () => {
    const { newer } = await twoReleases();
    await rollback(newer, { environment: 'dev', reason: 'orders fail' });

    const { notices } = await rollback(newer, { environment: 'dev', reason: 'payments fail' });

    expect(notices.join('\n')).toMatch(/; this reason is not on record: "npx portolan hold dev --reason TEXT"$/);
    expect((await rollback(newer, { environment: 'dev', reason: 'orders fail' })).notices.join('\n')).not.toContain(
      'not on record',
    );
  });
});

describe('a rollback fails', () => {
  test('fails where there is nothing to go back to', async () => {
    const context = await opsContext();
    expect(await refusal(rollback(context, { environment: 'dev' }))).toContain('nothing runs in dev yet');
    await promote(context, build(1));
    expect(await refusal(rollback(context, { environment: 'dev' }))).toBe(
      'portolan: dev was not rolled back\n  env/dev has no earlier state with other files\n    next: npx portolan history dev',
    );
    expect(await refusal(rollback(context, { environment: 'dev', to: 'v9' }))).toContain('env/dev never held v9');
  });

  test('fails to overwrite an edit by hand, or to remove what holds data, until told to', async () => {
    const context = await opsContext({ rendering: { without: ['StatefulSet/dev-orders-db'] } });
    await promote(context, build(1));
    await promote({ ...context, render: fakeRender() }, build(2));
    commitByHand(context.bare, 'env/dev', { 'manifests/shop/deployment.apps.dev-orders.yaml': 'kind: Deployment\n' });

    const message = await refusal(rollback(context, { environment: 'dev' }));

    expect(message).toContain('manifests/shop/deployment.apps.dev-orders.yaml: changed in ');
    expect(message).toContain('what holds data would be removed: StatefulSet/dev-orders-db');
    expect(
      await rollback(context, { environment: 'dev', discardEdits: true, allowRemoval: ['dev-orders-db'] }),
    ).toMatchObject({ outcome: 'updated' });
  });

  test('fails to hide that the state it brings back has an edit by hand', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/dev', { 'manifests/shop/configmap.dev-orders-config.yaml': 'a: 1\n' });
    const held = await hold(context, { environment: 'dev', reason: 'wait' });
    await unhold(context, { environment: 'dev' });
    await promote(context, { ...build(2), discardEdits: true });

    const { notices } = await rollback(context, { environment: 'dev', to: held.commit });

    expect(notices.join('\n')).toMatch(
      /the state that was brought back has an edit by hand: manifests\/shop\/configmap\.dev-orders-config\.yaml changed in \w{12} by Bob/,
    );
  });

  test('of a rollback ends the hold of what it brings back, so that automation goes on', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const { commit } = await promote(context, build(2));
    await rollback(context, { environment: 'dev' });
    await rollback(context, { environment: 'dev', to: commit });

    expect(recordOf(context.bare, 'dev').holds).toMatchObject([{ kind: 'rollback', of: { release: 'a00000000001' } }]);
    expect(await promote({ ...context, requester: robot }, build(3))).toMatchObject({ outcome: 'updated' });
  });
});
