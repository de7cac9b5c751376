import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { join } from 'node:path';
import { FakeGitHub } from '../support/fake-github.ts';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(60_000);

/** Promotes a build of a commit to staging. */
const promote = (commit: string, ...options: readonly string[]): readonly string[] => [
  'promote',
  'staging',
  ...['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => ['--image', `${name}=arkb2023/${name}:${commit}`]),
  `--source-commit=${commit}`,
  '--no-resolve',
  ...options,
];
const url = 'https://github.example/pull/1';

let copy: ProjectCopy;
let github: FakeGitHub;
let bare: string;

beforeEach(async () => {
  copy = new ProjectCopy();
  github = await FakeGitHub.start('app-token', 'acme', 'ops');
  const host = temporaryFolder();
  bare = join(host, 'acme', 'ops.git');
  gitIn(host, 'init', '--quiet', '--bare', bare);
});
afterEach(async () => github.stop());

/** Runs a command on an ops repository whose host has pull requests; Git finds the repository itself on this disk. */
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  copy.run([...args, '--ops', 'https://127.0.0.1/acme/ops.git'], {
    env: {
      GITHUB_API_URL: github.baseUrl,
      GITHUB_TOKEN: 'app-token',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${join(bare, '..', '..')}/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://127.0.0.1/',
      ...env,
    },
  });

describe('an open pull request whose branch moves', () => {
  test('is rendered again by the hold that moved it, when a person had opened it', async () => {
    await run(promote(copy.commit('One change'), '--allow-older'));
    await run(promote(copy.commit('The next'), '--pull-request', '--by-hand'));

    const { stdout } = await run(['hold', 'staging', '--reason', 'the sale is on']);

    expect(stdout).toContain(`staging: ${url} rendered again, because the branch moved\n`);
    expect(gitIn(bare, 'rev-parse', `${github.pulls[0]?.head ?? ''}^`)).toBe(gitIn(bare, 'rev-parse', 'env/staging'));
  });

  test('that somebody closed is told by status as left over, and without a token as not known', async () => {
    await run(['publish', 'staging']);
    await run(promote(copy.commit('One change'), '--allow-older', '--pull-request', '--by-hand'));
    const { head } = github.pulls[0]!;
    github.pulls[0]!.state = 'closed';

    const { stdout } = await run(['status', 'staging', '--no-cluster']);
    const unknown = await run(['status', 'staging', '--no-cluster'], { GITHUB_TOKEN: '' });

    expect(stdout).toMatch(
      new RegExp(`^ {2}left over ${head} at \\w{12}, less than a minute old, has no open pull request yet`, 'm'),
    );
    expect(unknown.stdout).toContain('whether it has a pull request is not known: set GITHUB_TOKEN');
  });

  test('is closed by a hold when automation had opened it', async () => {
    await run(['publish', 'staging']);
    await run(promote(copy.commit('One change'), '--allow-older', '--pull-request'), {
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'ci',
    });

    const { stdout } = await run(['hold', 'staging', '--reason', 'the sale is on']);

    expect(stdout).toContain(
      `staging: ${url} closed: staging is held, and automation does not pass a hold that a person put\n`,
    );
    expect(github.pulls.map(({ state }) => state)).toEqual(['closed']);
    expect(gitIn(bare, 'for-each-ref', 'refs/heads/promote')).toBe('');
  });
});
