import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Gate } from '../../../src/model/stage.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { ancestryIn } from '../../../src/ops/program/ancestry.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { refuseUntagged } from '../../../src/ops/promote/refuse-untagged.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { filesOf, gitIn, temporaryFolder } from '../../support/git.ts';
import { validDelivery, withStage } from '../../support/valid-delivery.ts';
import { builtImages, fakeRender, opsContext, refusal } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

type LocalOps = OpsContext & { readonly bare: string };

const withGate = (gate: Gate): Delivery =>
  withStage(validDelivery(), 'dev', ({ versions: _, ...stage }) => ({ ...stage, gate, emergency: ['alice'] }));
const tip = (bare: string, name: string): string => gitIn(bare, 'rev-parse', `env/${name}`);
const whoMayWrite = (bare: string, name: string): string =>
  /## Who may write\n(.*)/.exec(filesOf(bare, `env/${name}`).get('README.md') ?? '')?.[1] ?? '';
const changed = (context: LocalOps): LocalOps => ({ ...context, render: fakeRender({ level: 'DEBUG' }) });

describe('a gate that is a tag, tried to pass by', () => {
  let source: string;
  let commit: string;
  let context: LocalOps;
  const taken = (change: Partial<PromoteOptions> = {}): PromoteOptions => ({
    environment: 'dev',
    source: { kind: 'build', images: builtImages(1), sourceCommit: commit },
    sources: ancestryIn(source),
    allowOlder: true,
    ...change,
  });

  beforeEach(async () => {
    source = temporaryFolder();
    gitIn(source, 'init', '--quiet');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'One');
    gitIn(source, 'tag', 'v0.9.0');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'Two');
    commit = gitIn(source, 'rev-parse', 'HEAD');
    context = await opsContext({ delivery: withGate({ kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] }) });
    await publish(context, { environment: 'dev' });
  });

  test('lets in what is tagged like it, on the commit that was built, by whichever way the tag was made', async () => {
    expect(whoMayWrite(context.bare, 'dev')).toContain(
      'when one of releasers makes a tag like `v*` on the commit that was built.',
    );
    gitIn(source, 'tag', '--annotate', 'v1.0.0', '--message', 'One');

    expect((await promote(context, taken({ gitTag: 'v1.0.0' }))).outcome).toBe('updated');
  });

  test('fails without a tag, with another one, with one that the source has not, and with that of another commit', async () => {
    gitIn(source, 'tag', 'nightly');
    const before = tip(context.bare, 'dev');

    expect(await refusal(promote(context, taken()))).toContain(
      'dev takes what is tagged like v* alone, and the release has no tag',
    );
    expect(await refusal(promote(context, taken({ gitTag: 'nightly' })))).toContain('and nightly is no such tag');
    expect(await refusal(promote(context, taken({ gitTag: 'v1.0.0' })))).toContain('the source has no tag v1.0.0 on');
    expect(await refusal(promote(context, taken({ gitTag: 'v0.9.0' })))).toContain('the source has no tag v0.9.0 on');
    expect(
      await refusal(
        refuseUntagged(
          { environment: 'dev' },
          context.delivery.stages[0]!,
          { images: {}, gitTag: 'v0.9.0' },
          ancestryIn(source),
        ),
      ),
    ).toContain('nobody knows which commit the release was built from');
    expect(tip(context.bare, 'dev')).toBe(before);
  });

  test('lets a change of the program wait for the next tag, and says so', async () => {
    const before = tip(context.bare, 'dev');

    const published = await publish(changed(context), { environment: 'dev' });

    expect(published).toMatchObject({ outcome: 'unchanged', changed: [], removals: [] });
    expect(published.notices).toEqual(['what this program changes gets in with the next tag, because the gate is one']);
    expect(tip(context.bare, 'dev')).toBe(before);
    gitIn(source, 'tag', 'v1.0.0');
    await promote(changed(context), taken({ gitTag: 'v1.0.0' }));
    expect([...filesOf(context.bare, 'env/dev').values()].join('\n')).toContain('LOG_LEVEL: DEBUG');
    expect((await publish(changed(context), { environment: 'dev' })).notices).toEqual([]);
  });

  test('needs none for going back, for a hold and for its end, as the README says', async () => {
    gitIn(source, 'tag', 'v1.0.0');
    await promote(context, taken({ gitTag: 'v1.0.0' }));

    expect((await rollback(context, { environment: 'dev' })).outcome).toBe('updated');
    expect((await unhold(context, { environment: 'dev' })).outcome).toBe('updated');
    expect((await hold(context, { environment: 'dev', reason: 'the sale is on' })).outcome).toBe('updated');
    expect(whoMayWrite(context.bare, 'dev')).toContain('a rollback, a hold and its end need none.');
  });
});

describe('a gate that is a pull request, tried to pass by', () => {
  test('fails for every command: each opens a pull request, and none moves the branch', async () => {
    const context = await gatedOps();
    const before = tip(context.bare, 'prod');
    expect(whoMayWrite(context.bare, 'prod')).toContain('through a pull request that one person of releasers approved');

    const outcomes = [
      await publish(changed(context), { environment: 'prod' }),
      await promote(context, {
        environment: 'prod',
        source: { kind: 'environment', environment: 'dev' },
        gitTag: 'v2.0.0',
      }),
      await hold(context, { environment: 'prod', reason: 'the sale is on' }),
    ].map(({ outcome }) => outcome);

    expect(outcomes).toEqual(['proposed', 'proposed', 'proposed']);
    expect(tip(context.bare, 'prod')).toBe(before);
  });

  test('fails where the host cannot be asked for a pull request', async () => {
    const { pullRequests: _, ...context } = await gatedOps();

    expect(await refusal(publish(changed(context), { environment: 'prod' }))).toContain(
      'prod takes pull requests only',
    );
    expect(await refusal(rollback(context, { environment: 'prod' }))).toContain('prod takes pull requests only');
  });

  test('holds nothing in a folder, as the README says', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'prod' });

    expect(whoMayWrite(context.bare, 'prod')).toContain(
      'In a copy of this repository on a disk, whoever may write the folder may write the branch.',
    );
    expect((await publish(changed(context), { environment: 'prod' })).outcome).toBe('updated');
  });
});

describe('no gate', () => {
  test('lets every command in, as the README says', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });

    expect(whoMayWrite(context.bare, 'dev')).toBe("Portolan's commands alone, with the credential `promotion`.");
    expect((await publish(changed(context), { environment: 'dev' })).outcome).toBe('updated');
  });
});
