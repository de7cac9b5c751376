import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { smallProgram, type SmallProgram, type Started } from './support/small-program.ts';

let program: SmallProgram;

beforeEach(() => {
  program = smallProgram();
});

afterEach(() => {
  rmSync(program.folder, { recursive: true, force: true });
});

const prints = (stdout: string): Started => ({ status: 0, stdout, stderr: '' });

/** A program that prints what its project says. */
const printing = (said: string): void => {
  program.write(
    'src/cli/main.ts',
    `import project from '#project';
    ${said}
    export async function main({ argv }) {
      console.log(argv[0] === '--help' ? 'help' : say(await project));
      return 0;
    }\n`,
  );
};

/** How many bundles there are: of the program, of its project, and of both as ES modules. */
const made = (): readonly number[] =>
  (['program', 'project', 'whole'] as const).map((of) => program.bundles(of).length);

/** Installs packages of this repository for the small program. */
function install(...names: readonly string[]): void {
  for (const name of names)
    symlinkSync(join(process.cwd(), 'node_modules', name), join(program.folder, 'node_modules', name));
}

describe('a project', () => {
  test('is bundled apart from the program: a change of it makes nothing of the program anew', () => {
    printing('const say = String;');
    expect(program.start(['do'])).toEqual(prints('from the project\n'));
    expect(made()).toEqual([1, 1, 0]);
    const [kept = ''] = program.keptCode('program');
    utimesSync(kept, 1, 1);

    program.write('project.ts', "export default 'changed';\n");
    expect(program.start(['do'])).toEqual(prints('changed\n'));
    expect(program.start(['do'])).toEqual(prints('changed\n'));
    expect(made()).toEqual([1, 2, 0]);
    expect(statSync(kept).mtimeMs).toBe(1000);
  });

  test('is bundled anew with the program, whose words may be others', () => {
    printing('const say = String;');
    program.write('project.ts', "import { word } from '@a/portolan';\nexport default word;\n");
    expect(program.start()).toEqual(prints('of the sources\n'));

    program.write('src/words.ts', "export const word: string = 'of other sources';\n");
    expect(program.start()).toEqual(prints('of other sources\n'));
    expect(made()).toEqual([2, 2, 0]);
  });

  test('has no say in what a start for help prints, however broken it is', () => {
    printing('const say = String;');
    program.write('project.ts', 'export default {\n');

    expect(program.start(['--help'])).toEqual(prints('help\n'));
    expect(program.start(['do']).stderr).toContain(
      'portolan: project.ts:2:1: Expected identifier but found end of file',
    );
  });

  test('that imports a word that is not there is told so, with file and line', () => {
    printing('const say = String;');
    program.write('project.ts', "\nimport { wrod } from '@a/portolan';\nexport default wrod;\n");

    expect(program.start()).toMatchObject({ status: 1, stdout: '' });
    expect(program.start().stderr).toMatch(
      /^portolan: project\.ts:2:10: No matching export in "[^"]*" for import "wrod"/,
    );
  });

  test('may import its own files later, and what they share with the program is one', () => {
    program.write('src/words.ts', 'export class Word {}\nexport const words: Word[] = [];\n');
    printing(
      "import { Word, words } from '../words.ts';\nconst say = (it) => [it instanceof Word, words.length].join();",
    );
    program.write(
      'later.ts',
      "import * as all from '@a/portolan';\nexport const later = () => { const it = new all.Word(); all.words.push(it); return it; };\n",
    );
    program.write('project.ts', "export default import('./later.ts').then(({ later }) => later());\n");

    expect([program.start(), program.start()]).toEqual([prints('true,1\n'), prints('true,1\n')]);
    expect(made()).toEqual([1, 1, 0]);
  });

  test.each([
    ['by its name', 'cdk8s', [1, 1, 0]],
    ['through a library that has a copy of the same version', 'library', [1, 1, 0]],
    ['file by file, which has it bundled whole', 'cdk8s/lib/chart.js', [1, 0, 1]],
  ])('makes charts of the class that the program knows, where it imports it %s', (_, from, bundles) => {
    install('cdk8s', 'constructs', 'fast-json-patch', 'yaml');
    const library = join('node_modules', 'library');
    mkdirSync(join(program.folder, library, 'node_modules'), { recursive: true });
    program.write(join(library, 'package.json'), JSON.stringify({ name: 'library', version: '1.0.0', main: 'a.js' }));
    program.write(join(library, 'a.js'), "exports.Chart = require('cdk8s').Chart;\n");
    for (const part of ['package.json', 'lib'])
      cpSync(join('node_modules', 'cdk8s', part), join(program.folder, library, 'node_modules', 'cdk8s', part), {
        recursive: true,
      });
    printing("import { App, Chart } from 'cdk8s';\nconst say = (make) => make(new App()) instanceof Chart;");
    program.write(
      'project.ts',
      `import { Chart } from '${from}';\nexport default (scope) => new (class extends Chart {})(scope, 'chart');\n`,
    );

    expect([program.start(), program.start()]).toEqual([prints('true\n'), prints('true\n')]);
    expect(made()).toEqual(bundles);
  });
});

test('what a project takes of the program is known however long the lines of its bundle are', async () => {
  const { asScripts } = (await import(join(process.cwd(), 'bin', 'scripts.mjs'))) as {
    asScripts: (of: Record<string, unknown>) => Promise<boolean>;
  };
  const esbuild = await import('esbuild');
  program.write('project.mjs', 'const a=__taken("portolan:shared-on\\\ne.cjs");export const b=a;\n');
  program.write('project.mjs.map', JSON.stringify({ version: 3, sources: [], mappings: '', names: [] }));

  expect(await asScripts({ esbuild, folder: program.folder, outputs: { 'project.mjs': { imports: [] } } })).toBe(true);
  expect(readFileSync(join(program.folder, 'project.cjs'), 'utf8')).toContain('needs:["portolan:shared-one.cjs"]');
});

describe('a program that is bundled', () => {
  test('outlives the projects that it was bundled for, which do not', () => {
    printing('const say = String;');
    const projectIn = (name: string): string => {
      mkdirSync(join(program.folder, name));
      program.write(join(name, 'project.ts'), `export default '${name}';\n`);
      return join(program.folder, name);
    };
    const [one, other] = [projectIn('one'), projectIn('other')];
    expect(program.start([], { cwd: one })).toEqual(prints('one\n'));
    rmSync(one, { recursive: true });

    expect(program.start([], { cwd: other })).toEqual(prints('other\n'));
    expect(program.start([], { cwd: other })).toEqual(prints('other\n'));
    expect(made()).toEqual([1, 1, 0]);
  });
});
