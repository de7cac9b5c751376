import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';

jest.setTimeout(1_800_000);

/** Tokens as GitHub gives them in form; they open nothing. */
const [first, second] = ['the-first-token-0a1b2c3d', 'the-second-token-4e5f6a7b'];

onTheEngine('a token for GitHub that expired', () => {
  let world: EngineWorld;
  const withToken = (token: string, ...args: readonly string[]): ReturnType<EngineWorld['project']['pulumi']> =>
    world.project.pulumi([...args, '--stack=platform'], { env: { GITHUB_TOKEN: token }, mayFail: true });

  /** From now on GitHub takes this token, and that of the tests. */
  const good = (token: string): Promise<void> => world.gitHub.set({ tokens: [token, 'the-tests'] });

  beforeAll(async () => {
    world = await EngineWorld.open();
    await world.init('platform');
    await good(first);
    const { exitCode, stdout, stderr } = await withToken(first, 'up');
    if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
    await good(second);
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  test('is in no state, not even encrypted', async () => {
    const { stdout } = await withToken(second, 'stack', 'export', '--show-secrets');

    expect(stdout).toContain('"pulumi:providers:github"');
    expect(stdout).not.toContain(first);
  });

  test.each([['refresh'], ['up', '--refresh'], ['preview', '--refresh'], ['destroy', '--preview-only', '--refresh']])(
    'is nothing to %s, which goes by the good one of the environment',
    async (...args) => {
      const { exitCode, changes, stdout, stderr } = await withToken(second, ...args);

      expect(`${stdout}${stderr}`).not.toContain('401');
      // Repositories are protected, so that a preview of their end is refused; it has asked GitHub for them first.
      if (args[0] === 'destroy') expect(`${stdout}${stderr}`).toContain('protected');
      else expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: [] });
    },
  );

  test('fails in the environment with the line that mends it, before anything runs', async () => {
    const { exitCode, stdout, stderr, steps } = await withToken(first, 'preview');

    expect(exitCode).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(
      'portolan: GitHub refuses the token; write: export GITHUB_TOKEN=$(gh auth token)',
    );
    expect(steps.filter(({ type }) => type.startsWith('github:'))).toEqual([]);
  });
});
