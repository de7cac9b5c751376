import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { withGitOnPath } from '../ops/support/git-on-path.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

describe('a publish that is cut short', () => {
  let copy: ProjectCopy;
  let before: ReturnType<ProjectCopy['state']>;

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
    copy.edit('Pulumi.staging.yaml', (text) => text.replace('broadcaster: 6', 'broadcaster: 5'));
    before = copy.state();
  });

  test.each(['cat-file', 'fast-import', 'update-ref'])(
    'leaves the branch as it was after Ctrl-C during git %s',
    async (command) => {
      // A terminal sends the signal to git too.
      const answer = await withGitOnPath({ [command]: 'kill -INT $PPID; exit 130' }, () =>
        copy.run(['publish', 'staging']),
      );

      expect(answer).toMatchObject({ code: null, signal: 'SIGINT', stdout: '' });
      expect(answer.stderr).not.toContain('nobody expected');
      expect(copy.state()).toEqual(before);
    },
  );

  test('fails on a full disk, and leaves the branch as it was', async () => {
    const { code, stdout, stderr } = await copy.runShell('ulimit -f 0; exec node "$portolan" publish staging');

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(copy.plain(stderr)).toBe(
      [
        '  ✔ fetch the ops repository: .portolan/ops.git (TIME)',
        '  ✖ check, render and publish staging (TIME)',
        'portolan: the ops repository could not be used',
        '  the disk is full; the branch is as it was',
        '    git fast-import: was killed with SIGXFSZ (File too big)',
        '    next: free some space, then run the same command again',
        '',
      ].join('\n'),
    );
    expect(copy.state()).toEqual(before);
  });

  test('carries on when nobody reads what it says any more, and the next one finds everything whole', async () => {
    const { code, stderr } = await copy.runShell(
      'node "$portolan" publish staging production --json | true; exit "${PIPESTATUS[0]}"',
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(copy.refs()).not.toBe(before.refs);
    expect(await copy.run(['verify', 'staging'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a history is read by head without an error', async () => {
    const { code, stdout, stderr } = await copy.runShell(
      'node "$portolan" history staging | head -n 1; exit "${PIPESTATUS[0]}"',
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(copy.plain(stdout)).toMatch(/^\S+Z {2}COMMIT {2}publish +COMMIT {2}by ann; program COMMIT\n$/);
  });
});
