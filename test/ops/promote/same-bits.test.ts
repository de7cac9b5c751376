import { describe, expect, test } from '@jest/globals';
import { promote } from '../../../src/ops/promote/promote.ts';
import { withStage } from '../../support/valid-delivery.ts';
import {
  build,
  buildWithDigests,
  digestOf,
  fromDev,
  opsContext,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import '../../support/patience.ts';

const shown = (name: string, attempt: number): string =>
  digestOf(`acme/${name}:${sourceCommit(1)} ${attempt}`).slice(0, 19);
const rebuilt = ['orders', 'payments'].map((name) => `${name} was ${shown(name, 1)}, is ${shown(name, 2)}`);

describe('bits under a name that ran already', () => {
  test('are said where a commit was built again', async () => {
    const context = await opsContext();
    const { commit } = await promote(context, buildWithDigests(1));

    const { outcome, notices } = await promote(context, buildWithDigests(1, 2));

    expect(outcome).toBe('updated');
    expect(notices[0]).toBe(
      `a00000000001 ran in dev already, in ${commit.slice(0, 12)}, with other bits: ${rebuilt.join(', ')}`,
    );
  });

  test('are no matter where they are the same, or where the commit is another one', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));
    const next = await promote(context, buildWithDigests(2));
    const prod = await promote(context, fromDev('v1.1.0'));

    expect([...next.notices, ...prod.notices].filter((notice) => notice.includes('bits'))).toEqual([]);
  });

  test('are said where only one of the two has a digest under the git tag', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, fromDev('v1.1.0'));
    await promote(context, buildWithDigests(1));

    const { outcome, commit, previous = '', notices } = await promote(context, fromDev('v1.1.0'));

    expect([outcome, commit === previous]).toEqual(['updated', false]);
    expect(notices[0]).toBe(
      `v1.1.0 ran in prod already, in ${previous.slice(0, 12)}, and nobody knows whether with these bits: ` +
        ['orders', 'payments'].map((name) => `${name} was the tag ${sourceCommit(1)}, is ${shown(name, 1)}`).join(', '),
    );
  });

  test('are said, not refused, where a stage builds anew what another environment has of its own', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));
    await promote(context, fromDev('v1.1.0'));
    const delivery = withStage(context.delivery, 'dev', (stage) => ({ ...stage, versions: { kind: 'gitSha' } }));

    const { outcome, notices } = await promote(
      { ...context, delivery },
      { ...buildWithDigests(1, 2), gitTag: 'v1.1.0' },
    );

    expect(outcome).toBe('updated');
    expect(notices.some((notice) => notice.startsWith('v1.1.0 ran in prod already, in '))).toBe(true);
  });

  test('fails where a git tag ran with other bits, and leaves the branch and the registry alone', async () => {
    const context = await opsContext();
    await promote(context, buildWithDigests(1));
    const first = await promote(context, fromDev('v1.1.0'));
    await promote(context, buildWithDigests(1, 2));
    const tagged: string[] = [];

    expect(
      await refusal(
        promote(context, {
          ...fromDev('v1.1.0'),
          addTag: (...image) => (tagged.push(image.join(' ')), Promise.resolve()),
        }),
      ),
    ).toBe(
      'portolan: prod was not promoted\n' +
        `  v1.1.0 ran in prod already, in ${first.commit.slice(0, 12)}, with other bits\n` +
        `    ${rebuilt.join('\n    ')}\n` +
        '    next: make a new git tag: one that ran stands for the same bits for ever',
    );
    expect(recordOf(context.bare, 'prod').change.at).toBe('2026-01-31T12:00:00Z');
    expect(tagged).toEqual([]);
  });

  test('fails where a git tag was moved to another commit, also by tags alone', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    await promote(context, fromDev('v1.1.0'));
    await promote(context, build(2));

    expect(await refusal(promote(context, fromDev('v1.1.0')))).toContain(
      `orders was the tag ${sourceCommit(1)}, is the tag ${sourceCommit(2)}`,
    );
  });
});
