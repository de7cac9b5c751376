import { appendFileSync, existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { writeCommit } from '../../../src/ops/git/write-commit.ts';
import { openOpsRepository } from '../../../src/ops/repository/open-ops-repository.ts';
import type { OpsRepository } from '../../../src/ops/repository/ops-repository.ts';
import { bareRepository, commitByHand, filesOf, gitIn, temporaryFolder } from '../../support/git.ts';
import { refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const commitOn = (repository: OpsRepository, parent: string | undefined, text: string): Promise<string> =>
  writeCommit(repository.gitDir, {
    ...(parent === undefined ? {} : { parent }),
    changes: new Map([['a.txt', { kind: 'write', text }]]),
    message: text,
    author: { name: 'Cy', email: 'cy@example.com' },
    at: new Date('2026-01-31T12:00:00Z'),
  });

describe('the local ops repository', () => {
  test('is made on demand, once, and leaves nothing unfinished', async () => {
    const projectFolder = temporaryFolder();

    const [first, second] = await Promise.all([
      openOpsRepository({ projectFolder }),
      openOpsRepository({ projectFolder }),
    ]);

    expect(first).toMatchObject({ isLocal: true, gitDir: join(projectFolder, '.portolan/ops.git') });
    expect(second.gitDir).toBe(first.gitDir);
    expect(readdirSync(join(projectFolder, '.portolan'))).toEqual(['ops.git']);
    expect(await first.tip('env/dev')).toBeUndefined();
  });

  test('takes over from a start that was killed while it made the repository', async () => {
    const projectFolder = temporaryFolder();
    mkdirSync(join(projectFolder, '.portolan/ops.git.0f.unfinished/objects'), { recursive: true });

    await openOpsRepository({ projectFolder });

    expect(existsSync(join(projectFolder, '.portolan/ops.git/HEAD'))).toBe(true);
  });

  test('frees a branch from the lock of a process that was killed', async () => {
    const repository = await openOpsRepository({ projectFolder: temporaryFolder() });
    const first = await commitOn(repository, undefined, 'one');
    await repository.move('env/dev', first, undefined);
    const lock = join(repository.gitDir, 'refs/heads/env/dev.lock');
    writeFileSync(lock, '');
    const second = await commitOn(repository, first, 'two');

    expect(await repository.move('env/dev', second, first)).toBe('behind');
    expect(existsSync(lock)).toBe(true);

    utimesSync(lock, new Date(0), new Date(0));
    expect(await repository.move('env/dev', second, first)).toBe('behind');
    expect(await repository.move('env/dev', second, first)).toBe('moved');
  });
});

describe.each(['local', 'remote'])('a %s ops repository', (kind) => {
  const open = async (): Promise<{ readonly bare: string; readonly repository: OpsRepository }> => {
    const bare = bareRepository();
    const address = kind === 'local' ? bare : `file://${bare}`;
    return { bare, repository: await openOpsRepository({ projectFolder: temporaryFolder(), address }) };
  };

  test('moves a branch only from the tip that was seen', async () => {
    const { bare, repository } = await open();
    const first = await commitOn(repository, undefined, 'one');
    const second = await commitOn(repository, first, 'two');
    const rival = await commitOn(repository, first, 'rival');

    expect(await repository.move('env/dev', first, undefined)).toBe('moved');
    expect(await repository.move('env/dev', second, first)).toBe('moved');
    expect(await repository.move('env/dev', rival, first)).toBe('behind');
    expect(gitIn(bare, 'rev-parse', 'env/dev')).toBe(second);
  });

  test('makes a branch only where there is none', async () => {
    const { repository } = await open();
    const first = await commitOn(repository, undefined, 'one');
    const rival = await commitOn(repository, undefined, 'rival');
    await repository.move('env/dev', first, undefined);

    expect(await repository.move('env/dev', rival, undefined)).toBe('behind');
    await repository.refresh();
    expect(await repository.tip('env/dev')).toBe(first);
  });

  test('sees after a refresh what others wrote and removed', async () => {
    const { bare, repository } = await open();
    const commit = commitByHand(bare, 'env/dev', { 'a.txt': 'a' });
    commitByHand(bare, 'promote/dev/v1', { 'a.txt': 'b' });

    await repository.refresh();
    expect(await repository.tip('env/dev')).toBe(commit);
    expect([...(await repository.branches('promote/')).keys()]).toEqual(['promote/dev/v1']);

    gitIn(bare, 'branch', '-D', 'env/dev');
    await repository.refresh();
    expect(await repository.tip('env/dev')).toBeUndefined();
  });

  test('replaces a proposal, and removes it, only from the tip that was seen', async () => {
    const { bare, repository } = await open();
    const first = await commitOn(repository, undefined, 'one');
    const other = await commitOn(repository, undefined, 'other');
    await repository.move('promote/dev/v1', first, undefined);

    expect(await repository.move('promote/dev/v1', other, other, 'replace')).toBe('behind');
    expect(await repository.move('promote/dev/v1', other, first, 'replace')).toBe('moved');
    expect(await repository.remove('promote/dev/v1', first)).toBe('behind');
    expect(await repository.remove('promote/dev/v1', other)).toBe('moved');
    expect(gitIn(bare, 'for-each-ref')).toBe('');
  });

  test('keeps every kind of text to the byte', async () => {
    const { bare, repository } = await open();
    const text = 'a\r\n\ttab \u00e9 \u{1f680} no end';

    await repository.move('env/dev', await commitOn(repository, undefined, text), undefined);

    expect(filesOf(bare, 'env/dev').get('a.txt')).toBe(text);
  });

  test("takes no notice of hooks and settings that are the person's own", async () => {
    const { bare, repository } = await open();
    const hook = join(bare, 'hooks/reference-transaction');
    mkdirSync(join(bare, 'hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\nexit 1\n');
    chmodSync(hook, 0o755);

    const moved = repository.move('env/dev', await commitOn(repository, undefined, 'one'), undefined);

    // A hook of the host is the host's to run.
    if (kind === 'local') expect(await moved).toBe('moved');
    else await expect(moved).rejects.toThrow('portolan: the ops repository could not be used');
  });
});

describe('an ops repository fails', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });
  const opening = (address: string): Promise<string> =>
    refusal(openOpsRepository({ projectFolder: temporaryFolder(), address }));

  test('fails where there is none', async () => {
    expect(await opening('/nowhere/ops.git')).toBe(
      'portolan: the ops repository could not be used\n' +
        '  there is no Git repository at /nowhere/ops.git\n' +
        "    git rev-parse: fatal: not a git repository: '/nowhere/ops.git'\n" +
        '    next: check the address; "git init --bare FOLDER" makes a local one',
    );
    expect(await opening('file:///nowhere/ops.git')).toContain('there is no Git repository at file:///nowhere/ops.git');
  });

  test('fails on a clone with a work tree', async () => {
    const folder = temporaryFolder();
    gitIn(folder, 'init', '--quiet');

    expect(await opening(folder)).toContain('has a work tree, which would no longer match its branch');
    expect(await opening(join(folder, '.git'))).toContain('has a work tree');
  });

  test.each([
    ['further down', { config: '[core]\n\tbare = false\n' }],
    ['in a file that it includes', { config: '[include]\n\tpath = other\n', other: '[core]\n\tbare = false\n' }],
    [
      'in the file of its own work tree',
      {
        config: '[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tworktreeConfig = true\n',
        'config.worktree': '[core]\n\tbare = false\n',
      },
    ],
  ])('fails on one that was made without a work tree and says %s that it has one', async (_, more) => {
    const bare = bareRepository();
    for (const [name, text] of Object.entries(more)) appendFileSync(join(bare, name), text);

    expect(await opening(bare)).toContain('has a work tree, which would no longer match its branch');
  });

  test('opens one that says it has none in other words', async () => {
    const bare = bareRepository();
    writeFileSync(join(bare, 'config'), '[core]\n  repositoryformatversion = 0\n  Bare = yes\n');

    expect((await openOpsRepository({ projectFolder: temporaryFolder(), address: bare })).isLocal).toBe(true);
  });

  test('fails when the host cannot be reached', async () => {
    expect(await opening('http://127.0.0.1:1/ops.git')).toMatch(
      /^portolan: the ops repository could not be used\n {2}the ops repository http:\/\/127\.0\.0\.1:1\/ops\.git cannot be reached\n/,
    );
  });

  test('fails on an address with a password, and does not show it', async () => {
    for (const address of [
      'https://bob:s3cret@host.example/ops.git',
      'https://s3cret@host.example/ops.git',
      'ssh://git:s3cret@host.example/ops.git',
    ]) {
      const message = await opening(address);
      expect(message).toContain(
        '***@host.example/ops.git carries a user or password, which process lists and logs would show',
      );
      expect(message).not.toContain('s3cret');
    }
  });

  test('fails on an address that git would take for an option or a program', async () => {
    expect(await opening('--upload-pack=touch x')).toContain(
      '"--upload-pack=touch x" is not an address of a repository',
    );
    expect(await opening('ext::sh -c touch%20x')).toContain("transport 'ext' not allowed");
  });

  test('fails without git on the PATH', async () => {
    process.env['PATH'] = temporaryFolder();

    expect(await opening(temporaryFolder())).toContain(
      'git is not installed, or not on the PATH\n    next: install Git 2.30 or later',
    );
  });
});
