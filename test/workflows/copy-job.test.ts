import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { copyJob } from '../../src/workflows/copy-job.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { parse } from 'yaml';
import { builtByKpack } from '../support/built-by-kpack.ts';
import '../support/patience.ts';
import { withWantedCredentials } from '../systems/wanted-credentials.ts';

const delivery = builtByKpack();
const [source] = delivery.repositories;
const push = copyJob(delivery, source!, delivery.supplies[1]!).steps.at(-1)!;
const script = 'run' in push ? push.run : '';

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** A checkout of the source with commits, and an empty repository for the copy. */
function world(): { readonly source: string; readonly copy: string; commit(text: string): string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'copy-'));
  git(folder, 'init', '--quiet', '--bare', 'copy.git');
  git(folder, 'init', '--quiet', '-b', 'main', 'source');
  const checkout = path.join(folder, 'source');
  return {
    source: checkout,
    copy: path.join(folder, 'copy.git'),
    commit: (text) => {
      git(checkout, 'commit', '--quiet', '--allow-empty', '-m', text);
      return git(checkout, 'rev-parse', 'HEAD');
    },
  };
}

const run = (at: { readonly source: string; readonly copy: string }, commit: string) =>
  spawnSync('bash', ['-c', script], {
    cwd: at.source,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: at.source,
      TOKEN: 'secret',
      COPY: at.copy,
      BRANCH: 'release',
      COMMIT: commit,
    },
  });

describe('the job that copies what passed', () => {
  test('follows the checks, in a GitHub environment of its own, with a token for the copy alone', () => {
    const files = repositoryWorkflows(withWantedCredentials(delivery))['shop']!;
    const workflow = parse(files.get('.github/workflows/portolan-deliver-orders.yaml') ?? '') as {
      readonly on: unknown;
      readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };

    expect(workflow.on).toEqual({ push: { branches: ['main'] } });
    expect(Object.keys(workflow.jobs)).toEqual(['test', 'copy']);
    expect(workflow.jobs['copy']).toMatchObject({
      needs: ['test'],
      environment: 'copy',
      permissions: { contents: 'read' },
    });
    expect(JSON.stringify(workflow.jobs['copy'])).toContain('"repositories":"shop-release"');
  });

  test('keeps the history, moves on, and finds a commit there that a later run has pushed', () => {
    const at = world();
    const [first, second] = [at.commit('first'), at.commit('second')];

    expect(run(at, first).status).toBe(0);
    expect(git(at.copy, 'rev-parse', 'release')).toBe(first);
    expect(run(at, second).status).toBe(0);
    expect(git(at.copy, 'log', '--format=%s', 'release')).toBe('second\nfirst');

    const late = run(at, first);
    expect([late.status, late.stdout]).toEqual([0, `::notice::release has ${first} already\n`]);
    expect(git(at.copy, 'rev-parse', 'release')).toBe(second);
  });

  test('fails where somebody else wrote the branch, and leaves it as it is', () => {
    const at = world();
    const commit = at.commit('ours');
    git(at.source, 'checkout', '--quiet', '--orphan', 'strange');
    const strange = at.commit('theirs');
    git(at.source, 'push', '--quiet', at.copy, 'strange:release');

    const { status, stdout } = run(at, commit);

    expect(status).toBe(1);
    expect(stdout).toContain(`release of ${at.copy} is at ${strange}, which is no commit before ${commit}`);
    expect(git(at.copy, 'rev-parse', 'release')).toBe(strange);
  });

  test('has the token in no argument', () => {
    expect(script).not.toMatch(/https?:\/\//);
    expect(script.match(/\$TOKEN/g)).toHaveLength(1);
    expect(script).toContain('printf "username=x-access-token\\npassword=%s\\n" "$TOKEN"');
  });
});
