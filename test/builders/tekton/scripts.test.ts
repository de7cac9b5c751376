import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { tektonBuilder, withTekton } from '../../support/built-by-tekton.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import '../../support/patience.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { runTask } from './run-task.ts';

const objects = new Map<string, KubernetesObject>(
  rendered(
    withTekton(
      {},
      {
        tasks: [
          {
            ...tektonBuilder().tasks[0]!,
            script: 'echo changed > made-up.go\n./check "$MODE"',
            env: { MODE: 'strict' },
          },
        ],
      },
    ),
    'tools',
    { images: {} },
  ).objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]),
);
const taskOf = (name: string): KubernetesObject => objects.get(`Task/orders-${name}`)!;

/** A repository with two commits on its branch, and one on a branch that nobody merged. */
function world() {
  const folder = temporaryFolder();
  const upstream = path.join(folder, 'upstream');
  mkdirSync(upstream);
  gitIn(upstream, 'init', '--quiet', '--initial-branch=main');
  // As GitHub has it: parts of a history, and whatever is asked for by its number.
  for (const may of ['allowFilter', 'allowAnySHA1InWant']) gitIn(upstream, 'config', `uploadpack.${may}`, 'true');
  const commit = (text: string): string => {
    writeFileSync(path.join(upstream, 'check'), `#!/bin/sh\n[ "$1" = strict ] && [ "${text}" != broken ]\n`, {
      mode: 0o755,
    });
    writeFileSync(path.join(upstream, 'made-up.go'), `${text}\n`);
    gitIn(upstream, 'add', '.');
    gitIn(upstream, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', text);
    return gitIn(upstream, 'rev-parse', 'HEAD').trim();
  };
  const [first, second] = [commit('first'), commit('second')] as const;
  gitIn(upstream, 'checkout', '--quiet', '-b', 'proposed');
  const proposed = commit('proposed');
  gitIn(upstream, 'checkout', '--quiet', 'main');
  const source = path.join(folder, 'workspace');
  mkdirSync(source);
  const fetch = (of: string) =>
    runTask(taskOf('fetch'), { params: { commit: of }, source, env: { ADDRESS: `file://${upstream}`, KEYS: '' } });
  return { upstream, source, first, second, proposed, commit, fetch };
}

describe('the task that fetches', () => {
  test('fetches the very commit, with its history, and says which it is', () => {
    const { source, first, fetch } = world();

    expect(fetch(first)).toEqual({ status: 0, stderr: '', results: { commit: first } });
    expect(gitIn(path.join(source, 'source'), 'log', '--format=%s').trim()).toBe('first');
  });

  test('fetches nothing that is not on the branch, though the host would hand it out', () => {
    const { proposed, fetch } = world();

    expect(fetch(proposed)).toMatchObject({
      status: 1,
      stderr: `portolan: ${proposed} is not on the branch main, so that nobody merged it\n`,
      results: {},
    });
    expect(fetch('0'.repeat(40)).status).not.toBe(0);
  });

  test.each(['main', 'HEAD', '--upload-pack=touch /tmp/x', `${'a'.repeat(40)}\nmain`, 'A'.repeat(40), ''])(
    'takes no %j for a commit',
    (commit) => {
      const { status, stderr } = world().fetch(commit);

      expect([status, stderr.split('\n')[0]]).toEqual([
        1,
        expect.stringMatching(/^portolan: what is to be built is no (whole )?commit/),
      ]);
    },
  );
});

describe('a task that a commit must pass', () => {
  test('passes in a copy, so that nothing that it writes gets into an image, and fails where its script does', () => {
    const { source, second, fetch } = world();
    fetch(second);
    const passed = runTask(taskOf('check-lint'), { source });

    expect([passed.status, passed.stderr]).toEqual([0, '']);
    expect(gitIn(path.join(source, 'source'), 'status', '--porcelain')).toBe('');
    const other = world();
    other.fetch(other.commit('broken'));
    expect(runTask(taskOf('check-lint'), { source: other.source }).status).toBe(1);
  });
});

describe('the step that pushes', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const push = (crane: string) =>
    runTask(taskOf('image-orders'), { params: { commit: 'c'.repeat(40) }, programs: { crane } });

  test('says the digest that the registry has', () => {
    const asked = path.join(temporaryFolder(), 'asked');
    const crane = `echo "$@" >> ${asked}; case $1 in push) echo "index.docker.io/acme/orders@${digest}" ;; digest) echo ${digest} ;; esac`;

    expect(push(crane)).toEqual({ status: 0, stderr: '', results: { digest } });
    expect(readFileSync(asked, 'utf8').split('\n')[0]).toMatch(
      new RegExp(`^push .*/built/image\\.tar acme/orders:${'c'.repeat(40)}$`),
    );
  });

  test('fails where the registry has another one, and where the push says none', () => {
    const other = `case $1 in push) echo "acme/orders@${digest}" ;; digest) echo sha256:${'b'.repeat(64)} ;; esac`;

    expect(push(other)).toMatchObject({
      status: 1,
      stderr: `portolan: acme/orders:${'c'.repeat(40)} is sha256:${'b'.repeat(64)}, and ${digest} was pushed\n`,
      results: {},
    });
    expect(push('echo pushed').stderr).toBe('portolan: the push told no digest: pushed\n');
    expect(push('exit 3')).toMatchObject({ status: 3, results: {} });
  });
});

describe('what removes old runs', () => {
  const script = textAt(
    fieldAt(objects.get('CronJob/orders-prune'), 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0),
    'command',
    2,
  );

  /** Runs the script with so many runs that have ended, the oldest first; gives the names that it removes. */
  function removed(count: number, status = 0): readonly string[] {
    const folder = temporaryFolder();
    const names = Array.from({ length: count }, (_, i) => `orders-${i}`).join('\\n');
    writeFileSync(
      path.join(folder, 'kubectl'),
      `#!/bin/sh\ncase $1 in get) printf '${names}\\n'; exit ${status} ;; delete) echo "$@" >> ${folder}/removed ;; esac\n`,
      { mode: 0o755 },
    );
    const { status: ended } = spawnSync('sh', ['-c', script], {
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, NAMESPACE: 'shop-builds', PIPELINE: 'orders', KEPT: '3' },
    });
    expect(ended).toBe(status);
    const file = path.join(folder, 'removed');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  test('removes the oldest of those that ended, and keeps as many as it is told', () => {
    expect(removed(5)).toEqual(
      [0, 1].map((i) => `delete pipelineruns.tekton.dev --namespace shop-builds --wait=false orders-${i}`),
    );
    expect(removed(3)).toEqual([]);
    expect(removed(0)).toEqual([]);
  });

  test('removes nothing where it cannot see them', () => {
    expect(removed(5, 1)).toEqual([]);
  });

  test('asks for those of its own pipeline', () => {
    const names = listAt(
      objects.get('CronJob/orders-prune'),
      'spec',
      'jobTemplate',
      'spec',
      'template',
      'spec',
      'containers',
      0,
      'env',
    );

    expect(names.map((it) => [textAt(it, 'name'), textAt(it, 'value')])).toEqual([
      ['NAMESPACE', 'shop-builds'],
      ['PIPELINE', 'orders'],
      ['KEPT', '10'],
    ]);
  });
});
