import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { join } from 'node:path';
import { expectApproved } from '../../approved/approved.ts';
import { stopTheClock, transcriptOf } from '../../support/command-line.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { commitByHand, gitIn, temporaryFolder } from '../../support/git.ts';
import { ProjectCopy } from '../../support/project-copy.ts';

jest.setTimeout(900_000);

let copy: ProjectCopy;
let github: FakeGitHub;
let bare: string;

beforeAll(async () => {
  copy = new ProjectCopy();
  github = await FakeGitHub.start('app-token', 'acme', 'ops');
  const host = temporaryFolder();
  bare = join(host, 'acme', 'ops.git');
  gitIn(host, 'init', '--quiet', '--bare', bare);
  stopTheClock();
});
afterAll(async () => {
  jest.useRealTimers();
  await github.stop();
});

const asRun = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'acme-bot', PORTOLAN_RUN: 'https://github.example/run/7' };

/** Commands one after the other on a repository whose host has pull requests, and all that they say. */
async function said(
  calls: readonly (readonly string[])[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const args of calls)
    lines.push(
      ...(await transcriptOf(copy.folder, {
        args: [...args, '--ops', 'https://127.0.0.1/acme/ops.git'],
        env: {
          GITHUB_API_URL: github.baseUrl,
          GITHUB_TOKEN: 'app-token',
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: `url.${join(bare, '..', '..')}/.insteadOf`,
          GIT_CONFIG_VALUE_0: 'https://127.0.0.1/',
          ...env,
        },
      })),
      '',
    );
  return lines.map(told);
}

const told = (line: string): string =>
  copy
    .plain(line)
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'WHOLE-COMMIT')
    .replaceAll(/(promote|publish|rollback|hold|unhold)\/([a-z]+)\/[\w.-]+/g, '$1/$2/NAME')
    .replaceAll(/\b[0-9a-f]{7}(?= Ann:)/g, 'SHORT')
    .replaceAll(/\b[0-9a-f]{8,39}…/g, 'CUT…')
    .replaceAll(github.baseUrl, 'https://api');

let seen = 0;

/** What the host was asked to say to people in pull requests that were not shown yet. */
const shown = (): readonly string[] => {
  const pulls = github.pulls.slice(seen);
  seen = github.pulls.length;
  return pulls.flatMap(({ number, base, state, title, body, comments }) =>
    [`== pull request ${number} to ${base}, ${state}: ${title}`, body, ...comments.map((it) => `-- ${it}`)]
      .flatMap((text) => text.split('\n'))
      .map(told),
  );
};

const build = (commit: string, ...options: readonly string[]): readonly string[] => [
  'promote',
  'staging',
  ...['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => ['--image', `${name}=arkb2023/${name}:${commit}`]),
  `--source-commit=${commit}`,
  '--no-resolve',
  '--allow-older',
  ...options,
];

/** Merges the newest open pull request to production, as its reviewer does. */
function merge(): void {
  const pull = github.pulls.findLast(({ base, state }) => base === 'env/production' && state === 'open');
  if (pull === undefined) throw new Error('there is nothing to merge');
  gitIn(bare, 'update-ref', 'refs/heads/env/production', pull.head);
  pull.state = 'closed';
}

test('a day with pull requests goes as was approved, and so do their texts', async () => {
  const [one, two] = [copy.commit('One change'), copy.commit('The next')];
  const unmerged = '--allow-unmerged';
  const lines = [...(await said([['publish', 'production', unmerged]]))];
  commitByHand(bare, 'env/production', {}, 'Start');
  lines.push(
    ...(await said([
      ['publish', 'staging', unmerged],
      ['publish', 'production', unmerged],
    ])),
    ...shown(),
  );
  merge();
  lines.push(
    ...(await said([build(one, unmerged)], asRun)),
    ...(await said([
      ['promote', 'production', '--from', 'staging', '--git-tag', 'v5.0.0', '--no-resolve', unmerged],
      build(two, unmerged, '--pull-request', '--by-hand'),
      ['hold', 'staging', '--reason', 'the sale is on'],
      ['status', '--no-cluster'],
    ])),
    ...(await said([build(two, unmerged)], asRun)),
    ...(await said([['status', 'staging', '--no-cluster']], { GITHUB_TOKEN: '' })),
    ...shown(),
  );
  merge();
  lines.push(
    ...(await said([
      ['history', 'production'],
      ['rollback', 'production', '--reason', 'broken', unmerged],
      ['status', 'production', '--no-cluster', '--json'],
    ])),
  );
  commitByHand(bare, 'env/production', { 'release.yaml': 'edited: by hand\n' });
  lines.push(
    ...(await said([
      ['status', '--no-cluster'],
      ['verify', 'production'],
      ['publish', 'production', unmerged],
      ['publish', 'production', unmerged, '--discard-edits'],
    ])),
    ...shown(),
  );

  expect(github.pulls.length).toBeGreaterThan(2);
  expectApproved('said-beside-a-host.txt', lines);
});
