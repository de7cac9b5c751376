import { beforeAll, describe, expect, test } from '@jest/globals';
import type { OpsStep } from '../../../src/ops/ops-context.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { bareRepository, filesOf, gitIn } from '../../support/git.ts';
import { fakeRender, opsContext, program } from '../support/fake-ops.ts';
import { bundleWriter, startWriter } from '../support/writer-process.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

/** What every branch must be at any time: absent, or a commit whose objects are all there. */
function expectSound(bare: string): void {
  gitIn(bare, 'fsck', '--strict', '--connectivity-only');
}

let script = '';
beforeAll(async () => {
  script = await bundleWriter();
});

describe('a writer killed', () => {
  const steps: readonly OpsStep['name'][] = ['read', 'render', 'write', 'land', 'landed'];
  test.each(steps)('at the step "%s" leaves the branch whole, and the next run succeeds', async (killedAt) => {
    const context = await opsContext({ rendering: { level: 'level-1' } });
    const before = await publish(context, { environment: 'dev' });

    const { outcome } = await startWriter(script, { bare: context.bare, program: 2, killedAt }).end;

    expect(outcome).toBe('killed');
    expectSound(context.bare);
    const tip = gitIn(context.bare, 'rev-parse', 'env/dev');
    if (killedAt === 'landed') expect(gitIn(context.bare, 'rev-parse', 'env/dev^')).toBe(before.commit);
    else expect(tip).toBe(before.commit);

    const next = await publish(
      { ...context, program: program(2), render: fakeRender({ level: 'level-2' }) },
      { environment: 'dev' },
    );
    expect(next.outcome).toBe(killedAt === 'landed' ? 'unchanged' : 'updated');
    expect(filesOf(context.bare, 'env/dev').get('manifests/shop/configmap.dev-orders-config.yaml')).toContain(
      'level-2',
    );
  });

  test('at any moment, with the git it started, leaves the branch whole, and the next run succeeds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 150, max: 700 }), async (milliseconds) => {
        const bare = bareRepository();
        const context = await opsContext({ bare, rendering: { level: 'level-1', more: 200 } });
        const writer = startWriter(script, { bare, more: 200 });
        const timer = setTimeout(writer.kill, milliseconds);
        await writer.end;
        clearTimeout(timer);

        expectSound(bare);
        expect(['created', 'unchanged']).toContain((await publish(context, { environment: 'dev' })).outcome);
        expect(gitIn(bare, 'rev-list', '--count', 'env/dev')).toBe('1');
      }),
      { numRuns: 12 },
    );
  });
});
