import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commands } from '../../src/cli/command-table.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(60_000);

/** Calls that cannot be meant, and all that is said about them. */
const calls: readonly (readonly [args: readonly string[], message: string])[] = [
  [['sinth'], 'portolan: unknown command "sinth"; did you mean synth?\n  next: npx portolan --help\n'],
  [
    ['synth', '--outptu', 'out'],
    'portolan: unknown option "--outptu"; did you mean --output?\n  next: npx portolan synth --help\n',
  ],
  [
    ['synth', '--output'],
    'portolan: option "-o, --output <dir>" argument missing\n  next: npx portolan synth --help\n',
  ],
  [
    ['check', 'staging'],
    'portolan: too many arguments for "check"; expected 0 arguments but got 1\n  next: npx portolan check --help\n',
  ],
  [['rollback'], 'portolan: missing required argument "environment"\n  next: npx portolan rollback --help\n'],
  [['synth', '--environment', 'prod'], 'portolan: there is no environment "prod"; write one of: staging, production\n'],
  [
    ['publish', 'prod', 'stage'],
    'portolan: there is no environment "prod" and none "stage"; write one of: staging, production\n',
  ],
  [['publish'], 'portolan: name the environments to publish, or pass --all for every one without a gate\n'],
  [
    ['promote', 'staging'],
    'portolan: say where the release comes from, one of: --image SERVICE=REF of a build, --newest of the registry, or --from ENVIRONMENT\n',
  ],
  [
    ['promote', 'staging', '--image', 'todo-app'],
    'portolan: --image: must be SERVICE=REF, e.g. orders=acme/orders:v1.2.0, got "todo-app"\n',
  ],
  [
    ['promote', 'production', '--from', 'staging', '--tag-images'],
    'portolan: --tag-images adds --git-tag to the images; pass --git-tag TAG\n',
  ],
  [
    ['rollback', 'production', '--emergency'],
    'portolan: --emergency needs --reason TEXT, for everyone who reads the history\n',
  ],
  [['hold', 'production'], 'portolan: a hold needs a reason: --reason TEXT\n'],
  [
    ['history', 'production', '--since', 'yesterday'],
    'portolan: --since: must be a date, e.g. 2026-01-31, got "yesterday"\n',
  ],
  [['history', 'production', '--most', 'ten'], 'portolan: --most: must be a whole number above 0, got "ten"\n'],
  [
    ['wait', 'production', '--timeout', 'long'],
    'portolan: --timeout: must be a number with s, m or h, e.g. 90s or 10m, got "long"\n',
  ],
  [['diff', '--characters', 'few'], 'portolan: --characters: must be a whole number above 0, got "few"\n'],
  [['diff', '--format', 'html'], 'portolan: --format: must be text, markdown, json, got "html"\n'],
];

describe('a wrong call', () => {
  let copy: ProjectCopy;
  let answers: readonly Answer[];

  beforeAll(async () => {
    copy = new ProjectCopy();
    await copy.run(['--version']);
    answers = await copy.runEach(calls.map(([args]) => args));
  });

  test('fails without a command, with the list of commands', async () => {
    const { code, stdout, stderr } = await copy.run([]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const { name, summary } of commands) expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`${name} ${summary}`);
    expect(stderr).toContain('Start with: npm start\n');
  });

  test.each(calls.map(([args, message], i) => [args.join(' '), message, i] as const))(
    'fails: portolan %s',
    (_, message, i) => {
      expect(answers[i]).toEqual({ code: 2, signal: null, stdout: '', stderr: message });
    },
  );

  test('fails for a service that does not exist and an image that is none, all at once, before anything is written', async () => {
    const { code, stderr } = await copy.run([
      'promote',
      'staging',
      '--no-resolve',
      ...['todo-ap=acme/todo-ap:v1', 'todo-app=arkb2023/todo-app', 'broadcaster=arkb2023/broadcaster:latest'].flatMap(
        (image) => ['--image', image],
      ),
    ]);

    expect(code).toBe(2);
    expect(copy.plain(stderr)).toBe(
      [
        '  ✔ fetch the ops repository: .portolan/ops.git (TIME)',
        '  ✖ promote to staging (TIME)',
        'portolan: what to promote is not valid (3 problems)',
        '  --image todo-ap: is not a service of staging whose image a release sets; write one of: broadcaster, todo-app, todo-backend',
        '  --image todo-app: must name an image with a tag other than latest, e.g. arkb2023/todo-app:v1.2.0, got "arkb2023/todo-app"',
        '  --image broadcaster: must name an image with a tag other than latest, e.g. arkb2023/broadcaster:v1.2.0, got "arkb2023/broadcaster:latest"',
        '',
      ].join('\n'),
    );
    expect(copy.state()).toEqual({ refs: '', dist: {} });
  });

  test('is answered as JSON where that was asked for, wherever the option stands', async () => {
    const [first, last] = await Promise.all([copy.run(['--json', 'publish']), copy.run(['publish', 'prod', '--json'])]);

    expect({ ...first, stdout: JSON.parse(first.stdout) as unknown }).toEqual({
      code: 2,
      signal: null,
      stdout: { error: 'portolan: name the environments to publish, or pass --all for every one without a gate' },
      stderr: '',
    });
    expect(JSON.parse(last.stdout)).toEqual({
      error: 'portolan: there is no environment "prod"; write one of: staging, production',
    });
  });
});
