import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/cli/command-table.ts';
import { temporaryFolder } from '../support/git.ts';
import { queues } from '../review/schema/custom/queues.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const commit = '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd';
const images = ['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => [
  '--image',
  `${name}=arkb2023/${name}:${commit}`,
]);
const build = ['promote', 'staging', ...images, '--source-commit', commit, '--no-resolve', '--allow-older'];

/** Commands that write, in an order in which each has something to do. */
const writing = [
  ['start'],
  ['publish', 'staging'],
  build,
  ['rollback', 'staging', '--reason', 'broken'],
  ['hold', 'staging', '--reason', 'night'],
  ['unhold', 'staging'],
];

/** Commands that read, or write to `dist/` or a new folder alone. There is no cluster, so what waits for one fails. */
const reading = [
  ['init', join(temporaryFolder(), 'shop')],
  ['synth'],
  ['check'],
  ['diff'],
  ['history', 'staging'],
  ['status'],
  ['verify', 'staging'],
  ['graph'],
  ['page', '--no-cluster'],
  ['workflows'],
  ['schemas', 'add', 'queues.yaml'],
  ['wait', 'staging'],
  ['doctor', 'staging'],
];

describe('--json', () => {
  let copy: ProjectCopy;
  const answers = new Map<string, Answer>();
  const valueOf = (command: string): unknown => JSON.parse(answers.get(command)?.stdout ?? '');

  beforeAll(async () => {
    copy = new ProjectCopy();
    copy.write('queues.yaml', queues);
    for (const call of writing) answers.set(call[0] ?? '', await copy.run([...call, '--json']));
    const read = await copy.runEach(reading.map((call) => [...call, '--json']));
    for (const [i, answer] of read.entries()) answers.set(reading[i]?.[0] ?? '', answer);
  });

  test('is tried with every command', () => {
    expect([...answers.keys()].sort()).toEqual(commands.map(({ name }) => name).toSorted());
  });

  test.each(commands.map(({ name }) => name))('%s answers with one value and prints nothing else', (name) => {
    const { code, stdout, stderr } = answers.get(name) ?? {};

    expect({ code, stderr }).toEqual({ code: ['wait', 'doctor'].includes(name) ? 1 : 0, stderr: '' });
    expect(stdout).toBe(`${JSON.stringify(valueOf(name), null, 2)}\n`);
  });

  test('says what a write did', () => {
    expect(valueOf('start')).toMatchObject({
      repository: copy.ops,
      environments: [
        { environment: 'staging', branch: 'env/staging', outcome: 'created' },
        { environment: 'production', outcome: 'created' },
      ],
    });
    expect(valueOf('publish')).toMatchObject({ environments: [{ environment: 'staging', outcome: 'unchanged' }] });
    expect(valueOf('promote')).toMatchObject({
      outcome: 'updated',
      previousRelease: '7d86f4a78bdf',
      release: '4f2a9c1d7be0',
    });
    expect(valueOf('rollback')).toMatchObject({
      outcome: 'updated',
      previousRelease: '4f2a9c1d7be0',
      release: '7d86f4a78bdf',
    });
    expect(valueOf('history')).toMatchObject({
      lines: [
        { change: 'unhold' },
        { change: 'hold' },
        { change: 'rollback' },
        { change: 'promote', from: '7d86f4a78bdf', to: '4f2a9c1d7be0' },
        { change: 'publish' },
      ],
    });
  });

  test('is described in docs/json.md: every command, and every key of its answer and of what that lists', () => {
    const page = readFileSync('docs/json.md', 'utf8');
    const keysOf = (value: unknown): readonly string[] => {
      if (Array.isArray(value)) return value.flatMap(keysOf);
      return typeof value === 'object' && value !== null ? Object.keys(value) : [];
    };
    const unknown = commands.flatMap(({ name }) => {
      const answer = valueOf(name);
      const listed = Object.values(typeof answer === 'object' && answer !== null ? answer : {}).filter(Array.isArray);
      return [name, ...keysOf(answer), ...keysOf(listed)]
        .filter((word) => !page.includes(`\`${word}\``))
        .map((word) => `${name}: ${word}`);
    });

    expect([...new Set(unknown)]).toEqual([]);
  });

  test('says that no cluster was asked', () => {
    expect(valueOf('status')).toMatchObject({
      environments: [
        { environment: 'staging', live: { notAsked: expect.stringMatching(/^not asked: /) } },
        { environment: 'production' },
      ],
    });
    expect(valueOf('wait')).toEqual({ error: expect.stringMatching(/^portolan: the kubeconfig has no context/) });
  });

  test('gives the reasons of a failure as data', async () => {
    copy.edit('Pulumi.staging.yaml', (text) => text.replace('broadcaster: 6', 'broadcaster: many'));
    const unread = await copy.run(['history', 'production', '--json']);
    copy.edit('Pulumi.staging.yaml', (text) => text.replace('broadcaster: many', 'broadcaster: 6'));
    const refused = await copy.run([
      'promote',
      'production',
      ...images,
      '--source-commit',
      commit,
      '--no-resolve',
      '--json',
    ]);

    const message =
      'must be a whole number, 0 or more; write it with: pulumi config set --path portolan:replicas.broadcaster VALUE --stack staging';
    expect(JSON.parse(unread.stdout)).toEqual({
      error: `portolan: the configuration is not valid (1 problem)\n  Pulumi.staging.yaml: config.portolan:replicas.broadcaster: ${message}, got "many"`,
      problems: [{ path: 'Pulumi.staging.yaml: config.portolan:replicas.broadcaster', message, given: 'many' }],
    });
    expect({ code: refused.code, stdout: JSON.parse(refused.stdout) as unknown }).toEqual({
      code: 1,
      stdout: {
        error: expect.stringMatching(/^portolan: production was not promoted\n/),
        subject: 'production was not promoted',
        refusals: [{ code: 'wrong-input', what: expect.any(String), next: expect.any(String) }],
      },
    });
  });
});
