import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../support/git.ts';
import { readAssignments, runScript } from './shell.ts';

const run = (script: string) => runScript(script, temporaryFolder(), { PATH: process.env['PATH']! }, temporaryFolder());

test('a script hands on outputs, variables and a summary, of one line and of several', async () => {
  const { code, outputs, env, summary, log } = await run(
    [
      'echo "tag=v1=2" >> "$GITHUB_OUTPUT"',
      'printf "diff<<mark\\na\\n\\nb=c\\nmark\\n" >> "$GITHUB_OUTPUT"',
      'echo NAME=value >> "$GITHUB_ENV"',
      'echo "## Done" >> "$GITHUB_STEP_SUMMARY"',
      'echo out; echo err >&2',
    ].join('\n'),
  );

  expect({ code, outputs, env, summary }).toEqual({
    code: 0,
    outputs: { tag: 'v1=2', diff: 'a\n\nb=c' },
    env: { NAME: 'value' },
    summary: '## Done\n',
  });
  expect(log.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('a script ends with its first command that fails, but not for one inside of a pipe, as without a named shell', async () => {
  expect(await run('false\necho never')).toMatchObject({ code: 1, log: '' });
  expect(await run('false | cat\necho on')).toMatchObject({ code: 0, log: 'on\n' });
});

test('fails on a line that is no assignment, and on a value without an end', () => {
  expect(() => readAssignments('tag')).toThrow('neither name=value');
  expect(() => readAssignments('a<<end\nb\n')).toThrow('no end');
});
