import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unitOf } from '../../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import project from '../../../project.ts';
import { repositoryNamed } from '../../../src/model/derived/managed-repositories.ts';
import { unitWorkflows, opsDefaultBranchWorkflows } from '../../../src/workflows/workflows-of.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { settings } from '../../support/settings.ts';

const delivery = project(settings);
const ops = repositoryNamed(delivery, 'the-project-ops');
const guardFile = '.github/workflows/portolan-guard.yaml';
const verifyFile = '.github/workflows/portolan-verify.yaml';
const textOf = (of = delivery): string => opsDefaultBranchWorkflows(of, ops).get(guardFile) ?? '';

interface Step {
  readonly run: string;
  readonly uses?: string;
  readonly env: Readonly<Record<string, string>>;
}
const parsed = (text: string) =>
  parse(text) as {
    readonly on: Record<string, unknown>;
    readonly permissions: unknown;
    readonly jobs: Record<
      string,
      { readonly permissions: unknown; readonly environment?: string; readonly steps: readonly Step[] }
    >;
  };

interface File {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly status: string;
  readonly sha: string;
}
const head = 'a'.repeat(40);
/** The id that Git itself gives the workflow that the program renders. */
const verifyId = (): string => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'file'),
    unitWorkflows(delivery, unitOf(delivery, { environment: 'production' })).get(verifyFile) ?? '',
  );
  return gitIn(folder, 'hash-object', 'file');
};
const release: File = { filename: 'release.yaml', status: 'modified', sha: '1'.repeat(40) };
const pull = {
  base: { ref: 'env/production', repo: { id: 7 } },
  head: { ref: 'promote/production/v1.1.0', sha: head, repo: { id: 7 } as { id: number } | null },
  user: { login: 'portolan-promoter[bot]', type: 'Bot' } as { login: string; type: string } | null,
  commits: 1,
  changed_files: 1,
};
type Pull = typeof pull;

/** Runs the job's script as the runner does, with a `gh` that answers for one pull request by path, page and how often it was asked. */
function judge(change: Partial<Pull>, files: readonly File[] = [release], after: Partial<Pull> = {}) {
  const folder = temporaryFolder();
  const given = { ...pull, changed_files: files.length, ...change };
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'answers'));
  const answer = (name: string, body: unknown): void => {
    writeFileSync(join(folder, 'answers', name), JSON.stringify(body));
  };
  answer('pull-1', given);
  answer('pull-2', { ...given, ...after });
  for (let page = 1; page <= files.length / 100 + 1; page += 1)
    answer(`files-${page}`, files.slice((page - 1) * 100, page * 100));
  writeFileSync(
    join(folder, 'bin', 'gh'),
    `#!/usr/bin/env bash
[ "$1" = api ] || exit 64
case "$2" in
  repos/acme/ops/pulls/5) echo x >> "${folder}/asked"; cat "${folder}/answers/pull-$(wc -l < "${folder}/asked" | tr -d ' ')" ;;
  "repos/acme/ops/pulls/5/files?per_page=100&page="*) cat "${folder}/answers/files-\${2##*=}" 2>/dev/null || echo "[]" ;;
  *) exit 22 ;;
esac
`,
    { mode: 0o755 },
  );
  const [step] = parsed(textOf()).jobs['guard']?.steps ?? [];
  writeFileSync(join(folder, 'script'), step?.run ?? 'exit 99');
  const run = spawnSync('bash', ['--noprofile', '--norc', '-e', join(folder, 'script')], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GH_TOKEN: 'none',
      PULL: 'repos/acme/ops/pulls/5',
      HEAD: head,
      GUARDED: step?.env['GUARDED'] ?? '',
      JUDGE: step?.env['JUDGE'] ?? '',
    },
  });
  if (run.status === 1) expect(readFileSync(join(folder, 'summary'), 'utf8')).toBe(run.stderr);
  return { status: run.status, told: run.stderr.trimEnd().split('\n') };
}
const passed = { status: 0, told: [''] };

describe('the workflow that guards gated branches', () => {
  test('is taken from the default branch, checks nothing out, uses no action and no secret, and reads pull requests alone', () => {
    const { on, permissions, jobs } = parsed(textOf());

    expect(Object.keys(on)).toEqual(['pull_request_target']);
    expect(on['pull_request_target']).toEqual({
      branches: ['env/production'],
      types: ['opened', 'synchronize', 'reopened', 'edited'],
    });
    expect(permissions).toEqual({});
    expect(Object.keys(jobs)).toEqual(['guard']);
    expect(jobs['guard']?.permissions).toEqual({ 'pull-requests': 'read' });
    expect(jobs['guard']?.environment).toBeUndefined();
    expect(jobs['guard']?.steps.map(({ uses }) => uses)).toEqual([undefined]);
    expect(textOf()).not.toMatch(/secrets\.|checkout/);
  });

  test('says beside its trigger why that is not dangerous, in the words that zizmor reads', () => {
    expect(textOf()).toContain(
      '\non:\n  # zizmor: ignore[dangerous-triggers] it checks nothing out and runs nothing of the pull request; its token reads pull requests alone\n  pull_request_target:\n',
    );
  });

  test('takes nothing from the event but a number and a commit', () => {
    const taken = [...textOf().matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, what]) => what);

    expect(taken).toEqual([
      'github.token',
      'github.repository',
      'github.event.pull_request.number',
      'github.event.pull_request.head.sha',
    ]);
  });

  test('is not there where no branch is gated', () => {
    const open = delivery.stages.map((stage) => ({
      ...stage,
      gate: { kind: 'none' as const },
      write: { ...stage.write, mode: 'commit' as const },
    }));

    expect([...opsDefaultBranchWorkflows({ ...delivery, stages: open }, ops)]).toEqual([]);
  });

  test('lets in what the app proposes, and what a person does by a run of the program', () => {
    expect(judge({})).toEqual(passed);
    expect(judge({ user: { login: 'alice', type: 'User' } })).toEqual(passed);
  });

  test('lets in the workflow that the program renders, whoever proposes it', () => {
    expect(judge({}, [release, { filename: verifyFile, status: 'added', sha: verifyId() }])).toEqual(passed);
  });

  test('reads every page of the files', () => {
    const many = Array.from({ length: 250 }, (_, i) => ({ ...release, filename: `manifests/${i}.yaml` }));

    expect(judge({}, many)).toEqual(passed);
    expect(judge({}, [...many, { filename: '.github/workflows/x.yaml', status: 'added', sha: head }]).status).toBe(1);
  });

  test('knows the app by its slug', () => {
    const actors = delivery.actors.map((actor) => (actor.kind === 'app' ? { ...actor, slug: 'acme-promoter' } : actor));

    expect(textOf({ ...delivery, actors })).toContain('"promoter":"acme-promoter[bot]"');
  });
});

const notOurs = (path: string): string =>
  `refused: it changes "${path}", which is not what the program rendered for the platform; is the program newer, run: pulumi up --stack platform, then close and reopen; is it a rollback, close it and repeat it with --with-current-program; else close it`;

describe('the workflow that guards gated branches fails', () => {
  test.each<readonly [string, File, string]>([
    ['another text', { filename: verifyFile, status: 'modified', sha: 'b'.repeat(40) }, verifyFile],
    [
      'a second workflow',
      { filename: '.github/workflows/own.yaml', status: 'added', sha: 'b'.repeat(40) },
      '.github/workflows/own.yaml',
    ],
    ['a removed one', { filename: verifyFile, status: 'removed', sha: verifyId() }, verifyFile],
    [
      'one moved away',
      { filename: 'x.yaml', previous_filename: verifyFile, status: 'renamed', sha: verifyId() },
      verifyFile,
    ],
    [
      'one in another case',
      { filename: '.GitHub/workflows/own.yaml', status: 'added', sha: verifyId() },
      '.GitHub/workflows/own.yaml',
    ],
    [
      'a name that writes to the log',
      { filename: '.github/\n::warning::x', status: 'added', sha: head },
      '.github/\\n::warning::x',
    ],
  ])('fails on a workflow of the pull request itself: %s', (_, file, told) => {
    expect(judge({}, [release, file])).toEqual({ status: 1, told: [notOurs(told)] });
  });

  test('fails on a fork, on a branch by hand, on another app, and on a push on top of a proposal', () => {
    const byProgram = 'close it, and have the program propose it: npx portolan promote, publish or rollback';

    expect(judge({ head: { ...pull.head, repo: { id: 8 } } }).told).toEqual([
      `refused: it comes from another repository; ${byProgram}`,
    ]);
    expect(judge({ head: { ...pull.head, repo: null } }).told).toEqual([
      `refused: it comes from another repository; ${byProgram}`,
    ]);
    for (const ref of ['revert-5-promote/production/v1.1.0', 'promote/staging/v1.1.0'])
      expect(judge({ head: { ...pull.head, ref } }).told).toEqual([
        `refused: its branch is not one that the program makes, "promote/production/" and a name; ${byProgram}`,
      ]);
    for (const [user, who] of [
      [{ login: 'renovate[bot]', type: 'Bot' }, 'renovate[bot]'],
      [null, 'nobody'],
    ] as const)
      expect(judge({ user }).told).toEqual([
        `refused: it was opened by "${who}", who is neither a person nor portolan-promoter[bot]; is that the app, write its slug in actors of project.ts and run: pulumi up --stack platform; else close it`,
      ]);
    expect(judge({ commits: 2 }).told).toEqual([
      `refused: it holds 2 commits, and a run of the program proposes one; ${byProgram}`,
    ]);
  });

  test('fails when the branch moved before or while it was judged, so that no commit passes by the files of another', () => {
    const moved = { ...pull.head, sha: 'c'.repeat(40) };

    for (const run of [judge({ head: moved }), judge({}, [release], { head: moved })])
      expect(run).toEqual({
        status: 1,
        told: [
          'refused: the branch moved while it was judged; nobody needs to do anything, the newest commit has a run of its own',
        ],
      });
  });

  test('fails when GitHub lists fewer files than there are', () => {
    expect(judge({ changed_files: 3001 }).told).toEqual([
      'refused: GitHub lists 1 of 3001 files, and what it does not list nobody judges; propose less at once',
    ]);
  });

  test('fails on a branch that it knows nothing of', () => {
    expect(judge({ base: { ...pull.base, ref: 'env/next' } }).told).toEqual([
      'refused: nothing is known of the branch "env/next"; run: pulumi up --stack platform',
    ]);
  });

  test('fails when GitHub does not answer', () => {
    expect(
      judge(
        {},
        Array.from({ length: 100 }, () => release),
      ).status,
    ).toBe(0);
    const [step] = parsed(textOf()).jobs['guard']?.steps ?? [];
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'gh'), '#!/usr/bin/env bash\nexit 1\n', { mode: 0o755 });
    const env = {
      ...step?.env,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    };

    writeFileSync(join(folder, 'script'), step?.run ?? '');

    expect(spawnSync('bash', ['--noprofile', '--norc', '-e', join(folder, 'script')], { env }).status).not.toBe(0);
  });
});
