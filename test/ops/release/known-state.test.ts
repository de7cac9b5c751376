import { describe, expect, test } from '@jest/globals';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { commitByHand, filesOf } from '../../support/git.ts';
import { build, opsContext, recordOf, refusal, sourceCommit } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** What somebody may do to the two files that say what a branch is. */
const damages: Readonly<Record<string, (text: (path: string) => string) => Readonly<Record<string, string | null>>>> = {
  'release.yaml edited': (text) => ({
    'release.yaml': text('release.yaml').replaceAll(sourceCommit(2), sourceCommit(9)),
  }),
  'release.yaml that no one can read': () => ({ 'release.yaml': '<<<<<<< HEAD\n' }),
  'release.yaml deleted': () => ({ 'release.yaml': null }),
  'one digit of the digest of release.yaml changed': (text) => ({
    'index.json': text('index.json').replace(
      /("release.yaml": "sha256:)(.)/,
      (_all, start: string, digit: string) => `${start}${digit === '0' ? '1' : '0'}`,
    ),
  }),
  'a name in index.json changed': (text) => ({ 'index.json': text('index.json').replace('Deployment', 'DaemonSet') }),
  'the digest of index.json taken away': (text) => ({
    'index.json': text('index.json')
      .replace(/ {2}"digest": .*\n/, '')
      .replace('Deployment', 'DaemonSet'),
  }),
  'index.json deleted': () => ({ 'index.json': null }),
  'both deleted': () => ({ 'index.json': null, 'release.yaml': null }),
  'a merge by hand in both': (text) => ({
    'index.json': `<<<<<<< HEAD\n${text('index.json')}`,
    'release.yaml': `<<<<<<< HEAD\n${text('release.yaml')}`,
  }),
};

type Writer = (context: OpsContext, discardEdits: boolean) => Promise<{ readonly notices: readonly string[] }>;

const writers: Readonly<Record<string, Writer>> = {
  publish: (context, discardEdits) => publish(context, { environment: 'dev', discardEdits }),
  promote: (context, discardEdits) => promote(context, { ...build(3), discardEdits }),
  rollback: (context, discardEdits) => rollback(context, { environment: 'dev', discardEdits }),
  hold: (context, discardEdits) => hold(context, { environment: 'dev', reason: 'wait', discardEdits }),
  unhold: (context, discardEdits) => unhold(context, { environment: 'dev', discardEdits }),
};

describe('a branch whose own word was edited', () => {
  for (const [what, change] of Object.entries(damages)) {
    test(`is brought back by every writer that is told to discard edits: ${what}`, async () => {
      const context = await opsContext();
      await promote(context, build(1));
      const { commit } = await promote(context, build(2));
      const files = filesOf(context.bare, 'env/dev');
      const edited = commitByHand(
        context.bare,
        'env/dev',
        change((path) => files.get(path) ?? ''),
      );

      for (const [name, write] of Object.entries(writers)) {
        await context.repository.move('env/dev', edited, await context.repository.tip('env/dev'));

        expect(await refusal(write(context, false))).toMatch(/edited by hand\n {4}(?:index\.json|release\.yaml)/);

        const { notices } = await write(context, true);
        expect(notices).toContain(
          `went on from ${commit.slice(0, 12)} with a00000000002, by alice at 2026-01-31T12:00:00Z: the newest state that nobody edited`,
        );
        expect(notices.join('\n')).toMatch(/lost: what (?:index\.json|release\.yaml)/);
        expect(recordOf(context.bare, 'dev').change.kind).toBe(name);
        expect((await verify(context, { environment: 'dev' })).differing).toEqual([]);
      }
    });
  }

  test('says which release is lost that the edited file names', async () => {
    const context = await opsContext();
    await promote(context, build(2));
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    commitByHand(context.bare, 'env/dev', { 'release.yaml': text.replaceAll(sourceCommit(2), sourceCommit(9)) });

    const { notices, discarded } = await publish(context, { environment: 'dev', discardEdits: true });

    expect(notices).toContain('lost: what release.yaml said since, that a00000000009 ran');
    expect(discarded).toMatchObject([
      { path: 'release.yaml', what: 'changed', by: { author: 'Bob <bob@example.com>' } },
    ]);
  });

  test('is named by status and verify', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const text = filesOf(context.bare, 'env/dev').get('index.json') ?? '';
    commitByHand(context.bare, 'env/dev', { 'index.json': text.replace('Deployment', 'DaemonSet') });

    const [dev] = await readStatus(context, context.delivery.environments.slice(0, 1));

    expect(dev?.published?.edits).toMatchObject([{ path: 'index.json', what: 'changed' }]);
    expect((await verify(context, { environment: 'dev' })).differing).toEqual(['index.json']);
  });

  test('is readable, and stays as it is, when an older program wrote its index without a digest', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const text = filesOf(context.bare, 'env/dev').get('index.json') ?? '';
    const bare = (await opsContext()).bare;
    const files = Object.fromEntries(filesOf(context.bare, 'env/dev'));
    commitByHand(bare, 'env/dev', { ...files, 'index.json': text.replace(/ {2}"digest": .*\n/, '') });
    const older = await opsContext({ bare });

    expect((await verify(older, { environment: 'dev' })).differing).toEqual([]);
    expect(await publish(older, { environment: 'dev' })).toMatchObject({ outcome: 'unchanged' });
    await hold(older, { environment: 'dev', reason: 'wait' });
    expect(filesOf(bare, 'env/dev').get('index.json')).toMatch(/^ {2}"digest": "sha256:/m);
  });
});

describe('status', () => {
  test('shows every environment, though the branch of one cannot be read', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/prod', { 'index.json': '{}', 'manifests/a.yaml': 'a' });

    const all = await readStatus(context, context.delivery.environments);

    expect(all.map(({ environment, published }) => [environment, published?.release])).toEqual([
      ['dev', 'a00000000001'],
      ['prod', undefined],
    ]);
    expect(all[1]?.unreadable).toContain('env/prod cannot be read at ');
  });

  test('names files that this program never wrote', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/dev', { 'manifests/stray.yaml': 'a', LICENSE: 'MIT' });

    const [dev] = await readStatus(context, context.delivery.environments.slice(0, 1));

    expect(dev?.published?.strays).toEqual(['manifests/stray.yaml']);
  });
});
