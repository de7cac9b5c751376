import { relative } from 'node:path';
import { beforeAll, afterAll, expect, jest, test } from '@jest/globals';
import { commands } from '../../../src/cli/command-table.ts';
import { expectApproved } from '../../approved/approved.ts';
import { stopTheClock, transcriptOf } from '../../support/command-line.ts';
import { commitByHand } from '../../support/git.ts';
import { ProjectCopy } from '../../support/project-copy.ts';

jest.setTimeout(900_000);

let copy: ProjectCopy;

beforeAll(() => {
  stopTheClock();
  copy = new ProjectCopy();
});
afterAll(() => {
  jest.useRealTimers();
});

/** Commands one after the other, and all that they say. */
async function said(calls: readonly (readonly string[])[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const args of calls) lines.push(...(await transcriptOf(copy.folder, { args })), '');
  return lines.map((line) => told(line));
}

/** Without what differs from run to run. */
const told = (line: string): string =>
  copy
    // From here, too, wherever here lies.
    .plain(line.replaceAll(relative(process.cwd(), copy.folder), 'FOLDER'))
    .replaceAll(/\b[0-9a-f]{40}\b/g, 'WHOLE-COMMIT');

const commit = '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd';
const images = ['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => [
  '--image',
  `${name}=arkb2023/${name}:${commit}`,
]);
const build = ['promote', 'staging', ...images, '--source-commit', commit, '--no-resolve'];

test('help says what was approved, of everything and of each command', async () => {
  const calls = [['--help'], ['--version'], ...commands.map(({ name }) => [name, '--help'])];

  expectApproved('said-help.txt', await said(calls));
});

test('wrong calls are answered as was approved', async () => {
  const calls = [
    [],
    ['--json'],
    ['sinth'],
    ['publish'],
    ['publish', 'prod', 'stage'],
    ['publish', '--json'],
    ['promote', 'staging'],
    ['promote', 'staging', '--image', 'todo-app'],
    ['promote', 'staging', '--image', 'a=b:1', '--image', 'a=b:2'],
    ['promote', 'staging', '--image', 'a=b:1', '--from', 'production'],
    ['promote', 'production', '--from', 'staging', '--tag-images'],
    ['promote', 'production', '--from', 'staging', '--program', 'main'],
    ['promote', 'production', '--from', 'staging', '--source-commit', commit, '--when-healthy'],
    ['promote', 'nowhere', '--from', 'staging'],
    ['rollback', 'production', '--emergency'],
    ['rollback', 'staging', '--to', 'nonsense', '--reason', 'x'],
    ['hold', 'production'],
    ['hold', 'nowhere', '--reason', 'x'],
    ['unhold', 'nowhere'],
    ['history', 'nowhere'],
    ['history', 'production', '--since', 'yesterday'],
    ['history', 'production', '--most', 'ten'],
    ['history', 'production', '--most', '0'],
    ['wait', 'production', '--timeout', 'long'],
    ['diff', '--format', 'html'],
    ['diff', 'staging', '--against', 'nowhere'],
    ['diff', '--revisions', 'a'],
    ['diff', '--program', 'a..b'],
    ['diff', 'staging', 'production', '--against', 'staging'],
    ['diff', '--trees', 'a'],
    ['graph', '--format', 'png'],
    ['verify', 'nowhere'],
    ['doctor', 'nowhere'],
    ['synth', '--environment', 'nowhere'],
    ['status', 'nowhere', '--no-cluster'],
    ['check', '--ops', 'https://nobody:secret@127.0.0.1:1/x.git'],
  ];

  const lines = await said(calls);
  expectApproved('said-of-wrong-calls.txt', lines);
});

test('a day with a local ops repository goes as was approved, for people and for machines', async () => {
  const night = ['--reason', 'the night'];
  const lines = [
    ...(await said([
      ['check'],
      ['check', '--json'],
      ['workflows'],
      ['graph', '--format', 'mermaid', '--initial'],
      ['status', '--no-cluster'],
      ['history', 'staging'],
      ['verify', 'staging'],
      ['diff'],
      ['start'],
      ['start'],
      ['publish', '--all'],
      ['check', '--ops', copy.ops],
      ['status', '--no-cluster'],
      ['graph', '--format', 'mermaid'],
      build,
      [...build, '--allow-older'],
      [...build, '--allow-older'],
      ['status', '--no-cluster'],
      ['diff', 'staging'],
      ['diff', 'production', '--against', 'staging'],
      ['diff', 'staging', '--revisions', 'env/staging~1..env/staging'],
      ['diff', '--revisions', 'env/staging~1..env/staging'],
      ['diff', 'staging', '--revisions', 'env/staging~1..env/staging', '--format', 'markdown'],
      ['diff', 'staging', '--revisions', 'env/staging~1..env/staging', '--format', 'json', '--exit-code'],
      ['promote', 'production', '--from', 'staging'],
      ['promote', 'production', '--from', 'staging', '--git-tag', 'v5.0.0', '--no-resolve', '--when-healthy'],
      ['promote', 'production', '--from', 'staging', '--git-tag', 'v5.0.0', '--no-resolve'],
      ['rollback', 'staging', ...night],
      ['history', 'staging'],
      ['history', 'staging', '--most', '1', '--json'],
      [...build, '--allow-older'],
      ['status', 'staging', '--no-cluster', '--json'],
      ['unhold', 'staging'],
      ['unhold', 'staging'],
      ['hold', 'staging', ...night],
      ['hold', 'staging', ...night, '--json'],
      ['hold', 'staging', ...night, '--suspend'],
      ['hold', 'staging', ...night, '--suspend', '--json'],
      ['verify', 'staging'],
      ['verify', 'production', '--json'],
    ])),
  ];
  commitByHand(copy.ops, 'env/staging', {
    'manifests/the-project/service.staging-todo-app-svc.yaml': 'edited: true\n',
    'notes.txt': 'by hand\n',
  });
  lines.push(
    ...(await said([
      ['status', '--no-cluster'],
      ['verify', 'staging'],
      ['publish', 'staging'],
      ['publish', 'staging', '--json'],
      ['publish', 'staging', '--discard-edits'],
      ['history', 'staging'],
      ['rollback', 'staging', '--to', 'env/staging~2', ...night],
    ])),
  );

  expect(lines.length).toBeGreaterThan(300);
  expectApproved('said-on-this-machine.txt', lines);
});
