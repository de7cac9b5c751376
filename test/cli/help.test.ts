import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { commands } from '../../src/cli/command-table.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(60_000);

describe('help', () => {
  let copy: ProjectCopy;
  let answers: readonly Answer[];

  beforeAll(async () => {
    copy = new ProjectCopy();
    // A project that cannot be opened must not keep a person from reading the help.
    copy.write('Pulumi.platform.yaml', 'config: [');
    await copy.run(['--version']);
    answers = await copy.runEach(commands.map(({ name }) => [name, '--help']));
  });

  test.each(commands.map(({ name }, i) => [name, i] as const))(
    'of %s explains every argument and option, with an example',
    (name, i) => {
      const { code, stdout = '', stderr } = answers[i] ?? {};

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [usage = '', ...lines] = stdout.split('\n');
      expect(usage).toMatch(new RegExp(`^Usage: portolan ${name} \\[options\\]`));
      for (const [, argument] of usage.matchAll(/[<[]([a-z]+)(?:\.\.\.)?[>\]]/g)) {
        if (argument !== 'options') expect(stdout).toMatch(new RegExp(`^  ${argument} +\\S`, 'm'));
      }
      expect(
        lines.filter((line) => /^ {2}-/.test(line) && !/^ {2}(?:-\w, )?--\S+(?: <\S+>)? {2,}\S/.test(line)),
      ).toEqual([]);
      expect(stdout).toMatch(/^ {2}--json +answer as one JSON value, for machines$/m);
      expect(stdout).toMatch(new RegExp(`\\nExamples?:\\n  npx portolan ${name}`));
    },
  );

  test('of every writer tells how it goes past a gate in an emergency, or the runbook why it does not', () => {
    const writers = commands.flatMap(({ name }, i) => {
      const { stdout = '' } = answers[i] ?? {};
      return stdout.includes('--by-hand') ? [[name, stdout.includes('--emergency')] as const] : [];
    });

    expect(writers).toEqual([
      ['publish', false],
      ['promote', false],
      ['rollback', true],
      ['hold', true],
      ['unhold', true],
    ]);
    expect(readFileSync('docs/runbook.md', 'utf8')).toContain(
      '- `promote` and `publish` have no `--emergency`, on purpose: what they bring is new, and nobody has seen it run.',
    );
  });

  test('is also what "help COMMAND" prints', async () => {
    const [byWord, byOption] = await Promise.all([copy.run(['help', 'publish']), copy.run(['publish', '--help'])]);

    expect(byWord).toEqual(byOption);
  });

  test('without a command lists them all', async () => {
    const [byWord, byOption] = await Promise.all([copy.run(['help']), copy.run(['--help'])]);

    expect(byOption.code).toBe(0);
    expect(byWord).toEqual(byOption);
    expect([...byOption.stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, name]) => name)).toEqual(
      commands.map(({ name }) => name),
    );
  });
});
