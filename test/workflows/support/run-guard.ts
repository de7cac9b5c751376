import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workflow } from '../../../src/hosts/workflow/workflow.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { managedOpsRepository } from '../../../src/model/derived/managed-repositories.ts';
import { guardWorkflows } from '../../../src/workflows/guard/guard-workflow.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';

/** What GitHub says of a pull request. */
export interface ShownPull {
  readonly pull: {
    readonly base: { readonly sha: string };
    readonly head: { readonly sha: string };
  };
  readonly files: readonly object[];
  /** `index.json` of the branch that it goes to. @default - none can be read */
  readonly index?: string;
}

/** What the guard answered: an exit code, and the lines for whoever proposed. */
export interface GuardAnswer {
  readonly status: number | null;
  readonly told: readonly string[];
}

/** Runs the script of the guard's job for what a GitHub of this machine says of a pull request. */
export function runGuard(guard: Workflow, { pull, files, index }: ShownPull): GuardAnswer {
  const job = guard.jobs['guard'] as unknown as {
    readonly steps: readonly [{ readonly env: Readonly<Record<string, string>>; readonly run: string }];
  };
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'pull'), JSON.stringify(pull));
  writeFileSync(join(folder, 'files'), JSON.stringify(files));
  if (index !== undefined) writeFileSync(join(folder, 'index'), index);
  writeFileSync(
    join(folder, 'bin', 'gh'),
    `#!/usr/bin/env bash
case "$2" in
  repos/acme/ops/pulls/5) cat "${folder}/pull" ;;
  "repos/acme/ops/pulls/5/files?per_page=100&page=1") cat "${folder}/files" ;;
  "repos/acme/ops/pulls/5/files?"*) echo "[]" ;;
  "repos/acme/ops/contents/index.json?ref=${pull.base.sha}") cat "${folder}/index" ;;
  *) exit 22 ;;
esac
`,
    { mode: 0o755 },
  );
  const [{ env, run }] = job.steps;
  writeFileSync(join(folder, 'script'), run);
  const ended = spawnSync('bash', ['--noprofile', '--norc', '-e', join(folder, 'script')], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      PULL: 'repos/acme/ops/pulls/5',
      HEAD: pull.head.sha,
      GUARDED: env['GUARDED'] ?? '',
      JUDGE: env['JUDGE'] ?? '',
    },
  });
  return { status: ended.status, told: ended.stderr.trimEnd().split('\n') };
}

/** Two branches of a repository, and who proposes the one for the other. */
export interface ProposedBranch {
  readonly bare: string;
  readonly base: string;
  readonly head: string;
  /** Login at GitHub, e.g. `promoter[bot]`. */
  readonly by: string;
}

/** What the guard of a delivery, whose repositories are on github.com, says of a branch that is proposed. */
export function guardOfBranch(delivery: Delivery, environment: string, proposed: ProposedBranch): GuardAnswer {
  const { bare, by } = proposed;
  const [guard] = guardWorkflows(delivery, managedOpsRepository(delivery, environment), () => new Map());
  if (guard === undefined) throw new Error('nothing is guarded');
  const [base, head] = [proposed.base, proposed.head].map((name) =>
    gitIn(bare, 'rev-parse', `refs/heads/${name}`).trim(),
  );
  const range = `${base ?? ''}...${head ?? ''}`;
  const states: Readonly<Record<string, string>> = { A: 'added', D: 'removed', M: 'modified' };
  const files = gitIn(bare, 'diff', '--no-renames', '--name-status', range)
    .trim()
    .split('\n')
    .map((line) => {
      const [state = '', filename = ''] = line.split('\t');
      const diff = gitIn(bare, 'diff', range, '--', filename);
      return {
        filename,
        status: states[state],
        sha: '1'.repeat(40),
        patch: diff.slice(diff.indexOf('\n@@') + 1).trimEnd(),
      };
    });
  return runGuard(guard, {
    pull: {
      base: { ref: proposed.base, sha: base ?? '', repo: { id: 7 } },
      head: { ref: proposed.head, sha: head ?? '', repo: { id: 7 } },
      user: { login: by, type: 'Bot' },
      commits: Number(gitIn(bare, 'rev-list', '--count', `${base ?? ''}..${head ?? ''}`)),
      changed_files: files.length,
    } as ShownPull['pull'],
    files,
    index: gitIn(bare, 'show', `${base ?? ''}:index.json`),
  });
}
