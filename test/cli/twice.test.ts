import { expect, jest, test } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

/** The project, with constructs of its own that make one ConfigMap of this data. */
const withConfig = (data: string, before = ''): ProjectCopy => {
  const copy = new ProjectCopy();
  copy.edit('project.ts', (text) =>
    `${text}${before}`
      .replace(
        'import {\n  connectsTo,',
        "import { readFileSync } from 'node:fs';\nimport { ApiObject } from 'cdk8s';\nimport {\n  connectsTo,",
      )
      .replace(
        '  databases: [postgres(place)],\n',
        `  databases: [postgres(place)],
  constructs: (scope, here) => {
    new ApiObject(scope, 'hours', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: here.name('hours') }, data: ${data} });
  },\n`,
      ),
  );
  return copy;
};

const told = (stderr: string): readonly string[] =>
  stderr.split('\n').filter((line) => !/^ {2}[✔✖]/.test(line) && line !== '');

test('check --twice finds nothing in constructs that use what they are given, and render with everything else', async () => {
  const copy = withConfig("{ postgres: here.host('postgresql-db') }");
  const [checked, rendered] = await copy.runEach([
    ['check', '--twice'],
    ['synth', '--output', 'out'],
  ]);

  expect(checked).toMatchObject({ code: 0, stdout: 'Nothing to mend.\n' });
  expect(rendered?.code).toBe(0);
  expect(copy.read('out/staging/manifests/the-project/configmap.staging-hours.yaml')).toContain(
    'name: staging-hours\n  namespace: staging\n',
  );
});

test('check --twice fails with the line of each question to disk, clock and environment, and check alone does not ask', async () => {
  const copy = withConfig(
    "{ a: readFileSync('package.json', 'utf8').slice(0, 1), b: String(new Date(Date.now()).getFullYear() > 1), c: process.env['HOME'] === undefined ? '' : 'x' }",
  );
  const line =
    copy
      .read('project.ts')
      .split('\n')
      .findIndex((text) => text.includes("new ApiObject(scope, 'hours'")) + 1;
  const [once, twice] = await copy.runEach([['check'], ['check', '--twice', '--json']]);

  expect(once?.code).toBe(0);
  expect(twice?.code).toBe(1);
  const { problems } = JSON.parse(twice?.stdout ?? '') as {
    readonly problems: readonly { path: string; message: string }[];
  };
  expect(problems.map(({ path, message }) => [path.replace(/:\d+$/, ''), message.replace(/, so that .*/, '')])).toEqual(
    [
      [`project.ts:${line}`, 'asks the disk (fs.readFileSync)'],
      [`project.ts:${line}`, 'asks the clock (Date.now())'],
      [`project.ts:${line}`, 'asks the environment (process.env.HOME)'],
    ],
  );
});

test('check --twice fails with the line of each question that files ask while they are loaded, and writes no value of it', async () => {
  const copy = withConfig(
    '{ a: began, b: String(dice), c: home, d: letter }',
    "\nimport { began, dice, home, letter } from './asked.ts';\n",
  );
  copy.write(
    'asked.ts',
    `import { readFileSync } from 'node:fs';
export const began = new Date(Date.now()).toISOString();
export const dice = Math.random();
export const home = String(process.env['PORTOLAN_ASKED']);
export const letter = readFileSync('package.json', 'utf8').slice(0, 1);
`,
  );
  const { code, stdout } = await copy.run(['check', '--twice', '--json'], { env: { PORTOLAN_ASKED: 'planted-value' } });
  const { problems } = JSON.parse(stdout) as { readonly problems: readonly { path: string; message: string }[] };

  expect(code).toBe(1);
  expect(problems.map(({ path, message }) => [path.replace(/:\d+$/, ''), message.replace(/, so that .*/, '')])).toEqual(
    [
      ['asked.ts:2', 'asks the clock (Date.now())'],
      ['asked.ts:3', 'asks chance (Math.random)'],
      ['asked.ts:4', 'asks the environment (process.env.PORTOLAN_ASKED)'],
      ['asked.ts:5', 'asks the disk (fs.readFileSync)'],
    ],
  );
  expect(stdout).not.toContain('planted-value');
});

test('check --twice says nothing of a library that asks while it is loaded, and writes the same', async () => {
  const library = 'library/node_modules/dice/dice.js';
  const copy = withConfig('{ word }', `\nimport { word } from './${library}';\n`);
  copy.write('library/node_modules/dice/package.json', '{ "name": "dice", "version": "1.0.0" }');
  copy.write(library, "exports.seed = Math.random();\nexports.word = 'the same';\n");

  expect(await copy.run(['check', '--twice'])).toMatchObject({ code: 0 });
});

test('check --twice fails for a file that a library writes otherwise at each load', async () => {
  const library = 'library/node_modules/dice/dice.js';
  const copy = withConfig('{ token }', `\nimport { token } from './${library}';\n`);
  copy.write('library/node_modules/dice/package.json', '{ "name": "dice", "version": "1.0.0" }');
  copy.write(library, 'export const token = String(Math.random());\n');
  const { code, stderr } = await copy.run(['check', '--twice']);

  expect(code).toBe(1);
  expect(told(stderr)).toContain(
    '  staging/manifests/the-project/configmap.staging-hours.yaml: is another text the second time; use nothing but the settings and what place gives, at the top of a file and in a library too',
  );
});

test('fails where constructs make something else each time, whoever asks', async () => {
  const copy = withConfig('{ count: String(++calls) }', '\nlet calls = 0;\n');
  const { code, stderr } = await copy.run(['synth', '--output', 'out']);

  expect(code).toBe(1);
  expect(told(stderr)).toEqual([
    'portolan: the delivery is not valid (1 problem)',
    '  environments.staging.applications.the-project.constructs.hours.data.count: is another one each time that it is made; use nothing but what place and the settings give, so that the same program writes the same bytes (the same in production)',
  ]);
});
