import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitFailure } from '../../../src/ops/git/git-failure.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import { unreadable } from '../../../src/ops/repository/repository-failure.ts';
import { temporaryFolder } from '../../support/git.ts';
import { refusal } from '../support/fake-ops.ts';

const subject = 'portolan: the ops repository could not be used\n';
const yours = '    next: give your account the right to read and write it, or run as its owner';
const theirs = '    next: check your credentials and the rules of the branch';

describe('a failure of the ops repository', () => {
  test.each(['EACCES', 'EPERM', 'EROFS'])('that is %s of this disk says which folder to open up', (code) => {
    const error = Object.assign(new Error(`${code}: mkdir '/srv/ops.git'`), { code });

    expect(unreadable('/srv/ops.git', error).message).toBe(
      `${subject}  the folder of the ops repository /srv/ops.git cannot be read or written\n    ${code}: mkdir '/srv/ops.git'\n${yours}`,
    );
  });

  test.each([
    "fatal: cannot lock ref 'refs/heads/env/dev': Unable to create '/srv/ops.git/refs/heads/env/dev.lock': Permission denied",
    'error: insufficient permission for adding an object to repository database objects',
    "fatal: Unable to create '/srv/ops.git/packed-refs.lock': Read-only file system",
  ])('that git met on this disk is one of the folder: %s', (said) => {
    expect(unreadable('/srv/ops.git', gitFailure('update-ref', said)).message).toContain(yours);
  });

  test.each([
    'git@host.example: Permission denied (publickey).',
    'remote: error: insufficient permission for adding an object to repository database ./objects',
    'fatal: Authentication failed for https://host.example/ops.git',
  ])('that a host answers is one of the credentials: %s', (said) => {
    expect(unreadable('https://host.example/ops.git', gitFailure('push', said)).message).toContain(theirs);
  });

  test('that is a rule of the host about what is pushed names the rule, and who writes workflows', () => {
    const said = ' ! [remote rejected] 1f2e -> promote/prod/v1 (push declined due to repository rule violations)';

    expect(unreadable('https://host.example/ops.git', gitFailure('push', said)).message).toContain(
      '    next: look at the rule that it names; a change of a workflow is written by the workflow of the program, and a rollback goes without one with --with-current-program',
    );
  });

  test('fails where a file is in the way of the local one', async () => {
    const projectFolder = temporaryFolder();
    writeFileSync(join(projectFolder, '.portolan'), '');

    expect(await refusal(openOpsRepository({ projectFolder }))).toMatch(
      /^portolan: the ops repository could not be used\n {2}a file is where the folder of the ops repository .*\.portolan\/ops\.git belongs\n.*\n {4}next: move that file away, then run the same command again$/,
    );
  });
});
