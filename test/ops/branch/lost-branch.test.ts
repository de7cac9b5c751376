import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { reviseProposals } from '../../../src/ops/proposals/revise-proposals.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { commitByHand, filesOf, gitIn } from '../../support/git.ts';
import { build, opsContext, recordOf, refusal, sourceCommit } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

type LocalOps = OpsContext & { readonly bare: string };
const dev = { environment: 'dev' };
/** The first release that the program names. */
const FIRST = '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd';
const text = (files: ReadonlyMap<string, string>, path: string): string => files.get(path) ?? '';

/** What somebody may have done to a branch before anybody looked, so that no commit of it is whole. */
const losses: Readonly<Record<string, (files: ReadonlyMap<string, string>) => Readonly<Record<string, string>>>> = {
  'both of no sense': () => ({ 'index.json': '<<<<<<< HEAD\n', 'release.yaml': '<<<<<<< HEAD\n' }),
  'an index that was never of this release.yaml': (files) => ({
    'release.yaml': text(files, 'release.yaml').replaceAll(sourceCommit(2), sourceCommit(9)),
  }),
  'an index that nobody can read': (files) => ({ 'index.json': text(files, 'index.json').slice(0, 300) }),
};

/** A branch with one commit, of which the two files that say what it is are not as they were written. */
async function lost(loss: string): Promise<LocalOps> {
  const context = await opsContext();
  await promote(context, build(2));
  const files = filesOf(context.bare, 'env/dev');
  gitIn(context.bare, 'update-ref', '-d', 'refs/heads/env/dev');
  commitByHand(context.bare, 'env/dev', { ...Object.fromEntries(files), ...losses[loss]?.(files) });
  return context;
}

const writers: Readonly<
  Record<string, readonly [string, (context: OpsContext, discardEdits: boolean) => Promise<unknown>]>
> = {
  publish: [FIRST, (context, discardEdits) => publish(context, { ...dev, discardEdits })],
  rollback: [FIRST, (context, discardEdits) => rollback(context, { ...dev, discardEdits, reason: 'orders fail' })],
  promote: ['a00000000003', (context, discardEdits) => promote(context, { ...build(3), discardEdits })],
};

describe('a branch of which no commit is whole', () => {
  for (const loss of Object.keys(losses))
    for (const [name, [release, write]] of Object.entries(writers))
      test(`is brought back by ${name} that is told to discard edits, which says what is lost: ${loss}`, async () => {
        const context = await lost(loss);
        const before = gitIn(context.bare, 'rev-parse', 'env/dev');

        expect(await refusal(write(context, false))).toMatch(
          /no commit of the branch has both as they were written\n {4}next: npx portolan promote dev … --discard-edits brings a release in/,
        );
        expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(before);

        expect(await write(context, true)).toMatchObject({
          outcome: 'updated',
          previous: before,
          release,
          discarded: [{ path: 'index.json' }, { path: 'release.yaml' }],
          notices: expect.arrayContaining([
            expect.stringMatching(/^lost: which release ran.*, what held it, and which files are ours/),
          ]),
        });
        expect(gitIn(context.bare, 'rev-parse', 'env/dev^')).toBe(before);
        expect(recordOf(context.bare, 'dev').change.kind).toBe(name);
        expect(await verify(context, dev)).toMatchObject({ differing: [], strays: [] });
      });

  test('says which release its release.yaml claims, and that nobody can vouch for it', async () => {
    const { notices } = await publish(await lost('an index that was never of this release.yaml'), {
      ...dev,
      discardEdits: true,
    });

    expect(notices.join('\n')).toContain('(release.yaml claims a00000000009, which nobody can vouch for)');
  });

  test('is held after a rollback, so that automation leaves it alone until a person says more', async () => {
    const context = await lost('both of no sense');
    await rollback(context, { ...dev, discardEdits: true, reason: 'orders fail' });

    expect(recordOf(context.bare, 'dev')).toMatchObject({
      origin: { kind: 'initial' },
      holds: [{ kind: 'manual', reason: 'orders fail', by: 'alice' }],
    });
    expect(await refusal(promote({ ...context, requester: { actor: 'ci', automatic: true } }, build(3)))).toContain(
      'dev is held',
    );
    expect(await rollback(context, dev)).toMatchObject({ outcome: 'unchanged', release: FIRST });
  });

  test('keeps what holds data from being removed, until it is named, and leaves what was never ours', async () => {
    const context = await lost('both of no sense');
    const old = 'manifests/shop/persistentvolumeclaim.dev-old.yaml';
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: dev-old\n';
    const two = `${claim}---\n${claim}`;
    commitByHand(context.bare, 'env/dev', { [old]: claim, 'manifests/shop/two.yaml': two, 'notes.md': 'mine\n' });

    expect(await refusal(publish(context, { ...dev, discardEdits: true }))).toContain(
      'what holds data would be removed: PersistentVolumeClaim/dev-old',
    );
    const allowed = await publish(context, { ...dev, discardEdits: true, allowRemoval: ['dev-old'] });

    expect(allowed).toMatchObject({ removed: [old], foreign: ['manifests/shop/two.yaml', 'notes.md'] });
    expect(allowed.notices.join('\n')).toContain('manifests/shop/two.yaml is not of this program');
  });

  test('is brought back through a pull request where it is gated, which is closed when somebody else was first', async () => {
    const context = await gatedOps();
    const files = filesOf(context.bare, 'env/prod');
    gitIn(context.bare, 'update-ref', '-d', 'refs/heads/env/prod');
    const garbage = { 'index.json': '{', 'release.yaml': '{' };
    commitByHand(context.bare, 'env/prod', { ...Object.fromEntries(files), ...garbage });
    await context.repository.refresh();
    const prod = { environment: 'prod', discardEdits: true };

    expect(await rollback(context, { ...prod, reason: 'orders fail' })).toMatchObject({ outcome: 'proposed' });
    expect(await publish(context, prod)).toMatchObject({ outcome: 'proposed' });
    context.pullRequests.merge(3);
    await context.repository.refresh();

    expect(await reviseProposals(context, { environment: 'prod' })).toMatchObject([
      { outcome: 'closed', because: 'env/prod holds it already' },
    ]);
  });

  test('is told by status with what to type', async () => {
    const context = await lost('both of no sense');

    const [status] = await readStatus(context, context.delivery.environments);

    expect(status?.unreadable).toContain(
      'npx portolan publish dev --discard-edits, or rollback with it to have it held',
    );
  });
});

describe('a branch of which no commit is whole fails', () => {
  test('fails to go back to a state by name, because none can be believed, and to be held', async () => {
    const context = await lost('both of no sense');

    expect(await refusal(rollback(context, { ...dev, discardEdits: true, to: 'v1.0.0' }))).toContain(
      'no state of dev can be believed, and so not v1.0.0',
    );
    expect(await refusal(hold(context, { ...dev, discardEdits: true, reason: 'wait' }))).toContain(
      'no commit of the branch has both as they were written',
    );
  });

  test('fails to be taken where it says that it is of another project or environment, and where it never was ours', async () => {
    const context = await lost('an index that nobody can read');
    const publishing = (): Promise<string> => refusal(publish(context, { ...dev, discardEdits: true }));
    const index = text(filesOf(context.bare, 'env/dev'), 'index.json');
    const rewritten = (files: Readonly<Record<string, string>>): void => {
      gitIn(context.bare, 'update-ref', '-d', 'refs/heads/env/dev');
      commitByHand(context.bare, 'env/dev', files);
    };

    rewritten({ 'index.json': index.replace('"project": "shop"', '"project": "bank"'), 'release.yaml': 'a' });
    expect(await publishing()).toContain('belongs to the project "bank"');
    rewritten({ 'index.json': index.replace('"environment": "dev"', '"environment": "prod"'), 'release.yaml': 'a' });
    expect(await publishing()).toContain('holds the environment "prod"');
    rewritten({ 'release.yaml': 'a', 'manifests/a.yaml': 'a' });
    expect(await publishing()).toContain("so it is somebody else's");
  });

  test('fails where the program names no first release, with the way that is left', async () => {
    const context = await lost('both of no sense');
    const bare = { ...context, delivery: { ...context.delivery, initialReleases: {} } };

    for (const write of [publish, rollback])
      expect(await refusal(write(bare, { ...dev, discardEdits: true }))).toContain(
        'no state of the branch can be believed and the program names no first release for dev',
      );
    expect(await promote(bare, { ...build(3), discardEdits: true })).toMatchObject({ outcome: 'updated' });
  });
});
