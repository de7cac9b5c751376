import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(60_000);

describe('graph, for people', () => {
  let copy: ProjectCopy;
  let printed: Answer;
  let drawn: Answer;
  let picture: Answer;
  let wrong: Answer;

  beforeAll(async () => {
    copy = new ProjectCopy();
    [printed, drawn, picture, wrong] = (await copy.runEach([
      ['graph', '--format', 'mermaid', '--initial'],
      ['graph', '--format', 'mermaid', '--initial', '--output', 'pictures/topology.mmd'],
      ['graph', '--initial'],
      ['graph', '--format', 'png'],
    ])) as [Answer, Answer, Answer, Answer];
  });

  test('prints the whole picture, with every environment and the release it begins with', () => {
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toMatch(/^flowchart /);
    for (const word of ['staging', 'production', '7d86f4a78bdf']) expect(printed.stdout).toContain(word);
  });

  test('writes the same into a file, makes its folder, and prints only that it did', () => {
    expect(drawn).toMatchObject({ code: 0, stdout: 'Drew pictures/topology.mmd.\n', stderr: '' });
    expect(copy.read('pictures/topology.mmd')).toBe(printed.stdout);
  });

  test('draws SVG unless something else is asked for', () => {
    expect(picture).toMatchObject({ code: 0 });
    expect(picture.stderr).toMatch(
      /^ {2}✔ draw staging \(.*\)\n {2}✔ draw production \(.*\)\n {2}✔ draw the courses between \(.*\)\n$/,
    );
    expect(picture.stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
  });

  test('fails for a format that it cannot draw, as a wrong call', () => {
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('--format: must be svg or mermaid, got "png"');
  });
});

test('graph shows the release that an environment runs, and the first one where nothing is published', async () => {
  const copy = new ProjectCopy();
  const commit = '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd';
  const images = ['todo-app', 'todo-backend', 'broadcaster'].flatMap((name) => [
    '--image',
    `${name}=arkb2023/${name}:${commit}`,
  ]);
  await copy.run(['publish', 'staging']);
  await copy.run(['promote', 'staging', ...images, '--source-commit', commit, '--no-resolve', '--allow-older']);

  const { code, stdout } = await copy.run(['graph', '--format', 'mermaid']);

  expect(code).toBe(0);
  expect(stdout).toContain('4f2a9c1d7be0');
  expect(stdout).not.toContain('7d86f4a78bdf');
});
