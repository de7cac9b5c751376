import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { join } from 'node:path';
import { bareRepository, commitByHand, filesOf, gitIn } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

const branch = 'env/staging';

const damages: readonly (readonly [what: string, change: (text: string) => string, ...lines: readonly string[]])[] = [
  [
    'a value of another type',
    (text) => text.replace(/commit: "[0-9a-f]+"/, 'commit: [1]'),
    'release.yaml:17:15: applications.the-project.source.commit must be a text',
  ],
  [
    'a field that no release has',
    (text) => `${text}surprise: true\n`,
    'release.yaml:26:11: surprise is not a field of a release; remove it, got true',
  ],
  [
    'a key that stands twice',
    (text) => `${text}environment: "staging"\n`,
    'release.yaml:26:1: this key stands here a second time; keep one of them',
  ],
  [
    'an alias bomb',
    (text) => `a: &a [x, x]\nb: [*a, *a]\n${text}`,
    'release.yaml:2:5: aliases are not allowed; write the value instead of *a',
    'release.yaml:2:9: aliases are not allowed; write the value instead of *a',
  ],
  [
    'a newer format',
    (text) => text.replace('portolan/v1', 'portolan/v9'),
    'release.yaml:1:13: apiVersion must be one that this program reads: portolan/v1; a newer one needs a newer Portolan, got "portolan/v9"',
  ],
  [
    'nothing in it',
    () => '',
    'release.yaml: apiVersion must be one that this program reads: portolan/v1; a newer one needs a newer Portolan, got null',
  ],
];

describe('an ops repository', () => {
  let copy: ProjectCopy;
  let good: string;
  let record: string;

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
    good = gitIn(copy.ops, 'rev-parse', branch);
    record = filesOf(copy.ops, branch).get('release.yaml') ?? '';
  });

  afterEach(() => {
    gitIn(copy.ops, 'update-ref', `refs/heads/${branch}`, good);
  });

  test.each(damages)(
    'fails when release.yaml has %s, with the line, and stays as it is',
    async (_, change, ...lines) => {
      expect(change(record)).not.toBe(record);
      commitByHand(copy.ops, branch, { 'release.yaml': change(record) });
      const before = copy.state();
      const { code, stdout, stderr } = await copy.run(['publish', 'staging']);

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(
        copy
          .plain(stderr)
          .replace(/release\.yaml:\d+: changed/, 'release.yaml:LINE: changed')
          .split('\n'),
      ).toEqual([
        '  ✔ fetch the ops repository: .portolan/ops.git (TIME)',
        '  ✖ check, render and publish staging (TIME)',
        'portolan: staging was not published',
        '  a file was edited by hand',
        '    release.yaml:LINE: changed in COMMIT by Bob <bob@example.com>',
        `    release.yaml is not valid (${lines.length === 1 ? '1 problem' : `${lines.length} problems`})`,
        ...lines.map((line) => `      ${line}`),
        '    next: take what is worth keeping into the program, then write --discard-edits',
        '',
      ]);
      expect(copy.state()).toEqual(before);
    },
  );

  test('fails when somebody edited a file of ours, and names file, line and author', async () => {
    commitByHand(copy.ops, branch, { 'release.yaml': record.replace('arkb2023/todo-app', 'acme/todo-app') });
    const before = copy.state();
    const { code, stderr } = await copy.run(['publish', 'staging']);

    expect(code).toBe(1);
    expect(copy.plain(stderr)).toContain(
      [
        'portolan: staging was not published',
        '  a file was edited by hand',
        '    release.yaml:10: changed in COMMIT by Bob <bob@example.com>',
        '    next: take what is worth keeping into the program, then write --discard-edits',
        '',
      ].join('\n'),
    );
    expect(copy.state()).toEqual(before);
  });

  test('fails when its branch is somebody else’s, and leaves it alone', async () => {
    const foreign = bareRepository();
    const theirs = commitByHand(foreign, branch, { 'deploy.yaml': 'replicas: 3\n' });
    const { code, stderr } = await copy.run(['publish', 'staging', '--ops', foreign]);

    expect(code).toBe(1);
    expect(copy.plain(stderr).replaceAll(foreign, 'FOREIGN')).toBe(
      [
        '  ✔ fetch the ops repository: FOREIGN (TIME)',
        '  ✖ check, render and publish staging (TIME)',
        'portolan: env/staging was not touched',
        "  the branch env/staging has files and no index.json, so it is somebody else's",
        '    next: name another ops repository, or remove the branch if nothing runs from it',
        '',
      ].join('\n'),
    );
    expect(gitIn(foreign, 'for-each-ref', '--format=%(objectname) %(refname)')).toBe(`${theirs} refs/heads/${branch}`);
  });

  test('fails when it cannot be reached', async () => {
    const { code, stdout, stderr } = await copy.run([
      'publish',
      'staging',
      '--ops',
      'https://127.0.0.1:9/acme/ops.git',
    ]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(copy.plain(stderr).split('\n')).toEqual([
      '  ✖ fetch the ops repository (TIME)',
      'portolan: the ops repository could not be used',
      '  the ops repository https://127.0.0.1:9/acme/ops.git cannot be reached',
      expect.stringMatching(/^ {4}git fetch: fatal: unable to access 'https:\/\/127\.0\.0\.1:9\/acme\/ops\.git\/': /),
      '    next: check the address and your network, then run the same command again',
      '',
    ]);
  });

  test('fails when its address holds a password, and does not repeat it', async () => {
    const { code, stderr } = await copy.run([
      'publish',
      'staging',
      '--ops',
      'https://ann:hunter2@127.0.0.1:9/acme/ops.git',
    ]);

    expect(code).toBe(1);
    expect(copy.plain(stderr)).toContain(
      'portolan: nothing was read or written\n  the address https://***@127.0.0.1:9/acme/ops.git carries a user or password, which process lists and logs would show\n',
    );
    expect(stderr).not.toContain('hunter');
  });

  test('fails when there is none at the path', async () => {
    const { code, stderr } = await copy.run(['status', '--ops', join(copy.folder, 'nowhere.git')]);

    expect(code).toBe(1);
    expect(copy.plain(stderr)).toBe(
      [
        'portolan: the ops repository could not be used',
        '  there is no Git repository at FOLDER/nowhere.git',
        "    git rev-parse: fatal: not a git repository: 'FOLDER/nowhere.git'",
        '    next: check the address; "git init --bare FOLDER" makes a local one',
        '',
      ].join('\n'),
    );
  });

  test('fails when it has no such commit', async () => {
    const [verified, compared] = await copy.runEach([
      ['verify', 'staging', '--revision', 'v0'],
      ['diff', 'staging', '--revisions', 'v0..v1'],
    ]);

    expect([verified, compared].map((answer) => [answer?.code, copy.plain(answer?.stderr ?? '')])).toEqual([
      [
        2,
        'portolan: --revision: FOLDER/.portolan/ops.git has no commit "v0"; "npx portolan history" lists those of an environment\n',
      ],
      [
        2,
        'portolan: --revisions: FOLDER/.portolan/ops.git has no commit "v0"; "npx portolan history" lists those of an environment\n',
      ],
    ]);
  });
});
