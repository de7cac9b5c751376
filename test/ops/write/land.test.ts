import { describe, expect, test } from '@jest/globals';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import type { OpsRepository } from '../../../src/ops/repository/ops-repository.ts';
import { commitByHand, gitIn, subjectsOf } from '../../support/git.ts';
import { fakeRender, opsContext, program, refusal } from '../support/fake-ops.ts';
import { withGitOnPath } from '../support/git-on-path.ts';
import '../../support/patience.ts';

const unreachable = (): OpsError =>
  new OpsError('the ops repository could not be used', [{ code: 'unreachable', what: 'the host broke off' }]);

/** The repository, with something else in place of some of its methods. */
const but = (repository: OpsRepository, change: Partial<OpsRepository>): OpsRepository => ({
  shown: repository.shown,
  isLocal: repository.isLocal,
  gitDir: repository.gitDir,
  refresh: () => repository.refresh(),
  tip: (branch) => repository.tip(branch),
  branches: (prefix) => repository.branches(prefix),
  move: (...args) => repository.move(...args),
  remove: (...args) => repository.remove(...args),
  ...change,
});

describe('a write', () => {
  test('whose answer was lost after the push is found out to have landed', async () => {
    const context = await opsContext();
    const repository = but(context.repository, {
      move: async (...args) => {
        await context.repository.move(...args);
        throw unreachable();
      },
    });

    const result = await publish({ ...context, repository }, { environment: 'dev' });

    expect(result).toMatchObject({ outcome: 'created', attempts: 2 });
    expect(subjectsOf(context.bare, 'env/dev')).toHaveLength(1);
  });

  test('that never reached the host is tried again, and given up when the host stays away', async () => {
    const context = await opsContext();
    let calls = 0;
    const failing = (times: number): OpsRepository =>
      but(context.repository, {
        move: (...args) => (++calls <= times ? Promise.reject(unreachable()) : context.repository.move(...args)),
      });

    expect(await publish({ ...context, repository: failing(2) }, { environment: 'dev' })).toMatchObject({
      outcome: 'created',
      attempts: 3,
    });
    calls = 0;
    const message = await refusal(
      publish({ ...context, render: fakeRender({ level: 'DEBUG' }), repository: failing(9) }, { environment: 'dev' }),
    );
    expect(message).toBe('portolan: the ops repository could not be used\n  the host broke off');
    expect(subjectsOf(context.bare, 'env/dev')).toHaveLength(1);
  });

  test('decides again from the new tip when somebody else was first', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    let moved = false;
    const render: typeof context.render = (...args) => {
      if (!moved) commitByHand(context.bare, 'env/dev', { 'notes.md': 'first\n' });
      moved = true;
      return fakeRender({ level: 'DEBUG' })(...args);
    };

    const result = await publish({ ...context, render }, { environment: 'dev' });

    expect(result).toMatchObject({ outcome: 'updated', attempts: 2, foreign: ['notes.md'] });
    expect(subjectsOf(context.bare, 'env/dev')).toEqual([
      expect.stringContaining('Publish dev'),
      'By hand',
      expect.stringContaining('Publish dev'),
    ]);
  });

  test('finds the edit that somebody made in the meantime', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const config = 'manifests/shop/configmap.dev-orders-config.yaml';
    const render: typeof context.render = (...args) => {
      if (gitIn(context.bare, 'log', '-1', '--format=%s', 'env/dev') !== 'By hand')
        commitByHand(context.bare, 'env/dev', { [config]: 'edited\n' });
      return fakeRender({ level: 'DEBUG' })(...args);
    };

    expect(await refusal(publish({ ...context, render }, { environment: 'dev' }))).toContain(`${config}: changed in `);
  });

  test('starts as many processes for a thousand files as for ten', async () => {
    const commandsFor = async (more: number): Promise<readonly string[]> => {
      const context = await opsContext({ rendering: { more } });
      return withGitOnPath({}, async (git) => {
        await publish(context, { environment: 'dev' });
        await publish(
          { ...context, program: program(2), render: fakeRender({ more: more + 2, level: 'DEBUG' }) },
          { environment: 'dev' },
        );
        return git.commands();
      });
    };

    for (const more of [5, 1000]) {
      const commands = await commandsFor(more);

      expect(commands.filter((command) => command !== 'cat-file')).toEqual([
        'rev-parse',
        'fast-import',
        'update-ref',
        'fast-import',
        'update-ref',
      ]);
      // All that is read, before the first write and before the second, is asked of one process. A machine that is slow lets it go between writes.
      expect(commands.filter((command) => command === 'cat-file').length).toBeLessThanOrEqual(2);
    }
  });
});

describe('a write fails', () => {
  test('fails on a full disk, and the branch is as it was', async () => {
    const context = await opsContext();
    const { commit } = await publish(context, { environment: 'dev' });
    const full = 'echo "fatal: cannot store pack file: No space left on device" >&2; exit 128';

    const message = await withGitOnPath({ 'fast-import': full }, () =>
      refusal(publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' })),
    );

    expect(message).toBe(
      'portolan: the ops repository could not be used\n' +
        '  the disk is full; the branch is as it was\n' +
        '    git fast-import: fatal: cannot store pack file: No space left on device\n' +
        '    next: free some space, then run the same command again',
    );
    expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(commit);
  });

  test('fails when others move the branch again and again, without forcing anything', async () => {
    const context = await opsContext();
    const repository = but(context.repository, { move: () => Promise.resolve('behind') });

    expect(await refusal(publish({ ...context, repository, retries: 2 }, { environment: 'dev' }))).toBe(
      'portolan: dev was not touched\n  others moved its branch 3 times while this was decided\n    next: run the same command again',
    );
  });
});
