import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Repository } from '../../src/model/repository.ts';
import { comment } from '../../src/workflows/program-workflows.ts';
import { temporaryFolder } from '../support/git.ts';

const [earlier, later] = ['a'.repeat(40), 'b'.repeat(40)] as const;

/** Runs the job of a push, where GitHub says what it says of the pull request's newest commit. */
function commented(head: string, newest: string): { status: number | null; told: string; called: string } {
  const folder = temporaryFolder();
  const called = join(folder, 'called');
  writeFileSync(called, '');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'gh'),
    `#!/usr/bin/env bash
case "$*" in
  "pr view 5 --json headRefOid --jq .headRefOid") ${newest === '' ? 'echo "HTTP 502" >&2; exit 1' : `echo ${newest}`} ;;
  *) { echo "$*"; cat; } >> "${called}" ;;
esac
`,
    { mode: 0o755 },
  );
  const repository: Repository = { name: 'program', holds: ['program'], url: 'https://github.com/acme/program' };
  const job = comment(repository, [{ job: 'check', output: 'diff' }]);
  const [step] = job.steps as unknown as readonly [{ readonly env: object; readonly run: string }];
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      PULL_REQUEST: '5',
      HEAD: head,
      DIFF: 'what changes',
    },
  });
  expect(step.env).toMatchObject({ HEAD: '${{ github.event.pull_request.head.sha }}' });
  return { status, told: stdout, called: readFileSync(called, 'utf8') };
}

describe('the comment on a pull request', () => {
  test('is written by the run of its newest commit', () => {
    expect(commented(later, later)).toEqual({
      status: 0,
      told: '',
      called: 'pr comment 5 --edit-last --create-if-none --body-file -\nwhat changes\n',
    });
  });

  test('is left alone by a run of an earlier one, which was let go on late or started anew', () => {
    expect(commented(earlier, later)).toEqual({
      status: 0,
      told: `The pull request is at ${later} by now: the comment is left to the run of that.\n`,
      called: '',
    });
  });

  test('is not written where GitHub does not say which is the newest', () => {
    expect(commented(later, '')).toEqual({ status: 1, told: '', called: '' });
  });
});
