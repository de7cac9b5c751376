import { describe, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../../src/ops/publish/publish.ts';
import { gitIn } from '../../support/git.ts';
import { opsContext, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** Writes what a ref's file holds, as a disk that broke off or a hand would. */
function writeRef(bare: string, branch: string, text: string): void {
  mkdirSync(join(bare, 'refs/heads/env'), { recursive: true });
  writeFileSync(join(bare, 'refs/heads', branch), text);
}

describe('a branch that names no commit', () => {
  const kinds = {
    'a file instead': (bare: string) => `${gitIn(bare, 'hash-object', '-w', 'HEAD')}\n`,
    'an object that is gone': () => `${'1'.repeat(40)}\n`,
    'nothing at all': () => '',
  };
  test.each(Object.entries(kinds))('fails at the first try when it names %s', async (_kind, text) => {
    const tries: string[] = [];
    const context = await opsContext({ onStep: ({ name }) => tries.push(name) });
    writeRef(context.bare, 'env/dev', text(context.bare));

    const said = await refusal(publish(context, { environment: 'dev' }));

    expect(said).toMatch(
      /^portolan: env\/dev was not touched\n {2}the branch env\/dev names \w+, which is no commit that the repository has\n/,
    );
    expect(said).toContain(`next: point it at one that the environment had: git --git-dir=${context.bare} update-ref`);
    expect(tries).not.toContain('retry');
  });

  test('is what it says it is: what to type brings it back', async () => {
    const context = await opsContext();
    const { commit } = await publish(context, { environment: 'dev' });
    writeRef(context.bare, 'env/dev', `${'1'.repeat(40)}\n`);

    gitIn(context.bare, `--git-dir=${context.bare}`, 'update-ref', 'refs/heads/env/dev', commit);

    expect(await publish(context, { environment: 'dev' })).toMatchObject({ outcome: 'unchanged' });
  });
});
