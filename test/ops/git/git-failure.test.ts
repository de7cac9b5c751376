import { describe, expect, test } from '@jest/globals';
import { classifyGitFailure, gitFailure } from '../../../src/ops/git/git-failure.ts';
import { redactCredentials } from '../../../src/ops/git/redact-credentials.ts';

describe('a failure of git', () => {
  test.each([
    ['moved', '! [rejected]        1f2e -> env/dev (fetch first)'],
    ['moved', '! [rejected]        1f2e -> env/dev (non-fast-forward)'],
    ['moved', '! [rejected]        1f2e -> env/dev (stale info)'],
    ['moved', "! [remote rejected] 1f2e -> env/dev (cannot lock ref 'refs/heads/env/dev': is at 1 but expected 2)"],
    [
      'moved',
      "fatal: update_ref failed for ref 'refs/heads/env/dev': cannot lock ref 'refs/heads/env/dev': reference already exists",
    ],
    [
      'locked',
      "fatal: update_ref failed for ref 'refs/heads/a': cannot lock ref 'refs/heads/a': Unable to create '/x/refs/heads/a.lock': File exists.",
    ],
    ['denied', '! [remote rejected] 1f2e -> env/prod (protected branch hook declined)'],
    ['denied', '! [remote rejected] 1f2e -> env/prod (push declined due to repository rule violations)'],
    ['denied', "fatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403"],
    ['denied', "fatal: could not read Username for 'https://github.com': terminal prompts disabled"],
    ['denied', 'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.'],
    ['unreachable', "fatal: unable to access 'https://nowhere.example/': Could not resolve host: nowhere.example"],
    ['unreachable', "fatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 502"],
    ['unreachable', 'ssh: connect to host github.com port 22: Connection timed out'],
    ['not-a-repository', "fatal: '/nowhere' does not appear to be a git repository"],
    ['not-a-repository', 'remote: Repository not found.'],
    ['disk-full', 'fatal: unable to write loose object file: No space left on device'],
    [
      'kept',
      'fatal: cannot create keep file: File exists\nfast-import: dumping crash report to /x/ops.git/fast_import_crash_2',
    ],
    ['other', 'fatal: something new'],
  ] as const)('is %s when git says: %s', (kind, said) => {
    expect(classifyGitFailure(said)).toBe(kind);
  });

  test('never shows a credential', () => {
    const { message } = gitFailure(
      'push',
      "fatal: unable to access 'https://bob:s3cret@host.example/a.git/': The requested URL returned error: 403\nhttps://ghp_abc@host.example/x?token=zzz",
    );

    expect(message).toBe(
      "git push: fatal: unable to access 'https://***@host.example/a.git/': The requested URL returned error: 403\nhttps://***@host.example/x?token=***",
    );
  });

  test('hides a password that holds an at sign or a colon', () => {
    expect(redactCredentials('https://bob:a@b:c@host/x')).toBe('https://***@host/x');
  });

  test('leaves addresses without credentials as they are', () => {
    expect(redactCredentials('https://host/a@b and git@github.com:a/b.git')).toBe(
      'https://host/a@b and git@github.com:a/b.git',
    );
  });
});
