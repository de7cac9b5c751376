import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

  test('may be a link, which is followed when it is pointed elsewhere, to a file that imports what lies beside the link', () => {
    printing('const say = String;');
    mkdirSync(join(program.folder, 'elsewhere'));
    program.write('near.ts', "export const near = 'near the link';\n");
    program.write('elsewhere/one.ts', "import { near } from './near.ts';\nexport default `one, ${near}`;\n");
    program.write('elsewhere/two.ts', "import { near } from './near.ts';\nexport default `two, ${near}`;\n");
    const link = join(program.folder, 'project.ts');
    rmSync(link);
    symlinkSync(join('elsewhere', 'one.ts'), link);
    expect(program.start()).toEqual(prints('one, near the link\n'));

    rmSync(link);
    symlinkSync(join('elsewhere', 'two.ts'), link);
    expect(program.start()).toEqual(prints('two, near the link\n'));
    expect(made()).toEqual([1, 2, 0]);
  });

  test('takes the default of a CommonJS library alike, apart and whole', () => {
    printing('const say = String;');
    mkdirSync(join(program.folder, 'node_modules', 'old'));
    program.write('node_modules/old/package.json', JSON.stringify({ name: 'old', main: 'a.js' }));
    program.write('node_modules/old/a.js', "exports.__esModule = true;\nexports.default = 'by default';\n");
    for (const first of ['', 'await 1;\n']) {
      program.write('project.ts', `import old from 'old';\n${first}export default old;\n`);
      expect(program.start()).toEqual(prints('by default\n'));
    }
    expect(made()).toEqual([1, 1, 1]);
  });

  test('may lie in a folder of any name, and is told of by its file and line', () => {
    printing('const say = String;');
    for (const name of ['a*b', 'a b#c%20[d]']) {
      mkdirSync(join(program.folder, name));
      program.write(join(name, 'project.ts'), "export default 'found';\n");
      expect(program.start([], { cwd: join(program.folder, name) })).toEqual(prints('found\n'));
      program.write(join(name, 'project.ts'), "\nthrow new Error('not today');\n");
      expect(program.start([], { cwd: join(program.folder, name) }).stderr).toContain(
        `${join(program.folder, name, 'project.ts')}:2:7`,
      );
    }
  });

  test('is bundled anew when its package.json changes, which may say what its own names are', () => {
    printing('const say = String;');
    const folder = join(program.folder, 'own');
    mkdirSync(folder);
    const named = (file: string): void => {
      program.write('own/package.json', JSON.stringify({ type: 'module', imports: { '#word': `./${file}.ts` } }));
    };
    for (const name of ['one', 'two']) program.write(`own/${name}.ts`, `export default '${name}';\n`);
    program.write('own/project.ts', "import word from '#word';\nexport default word;\n");
    named('one');
    expect(program.start([], { cwd: folder })).toEqual(prints('one\n'));
    named('two');
    expect(program.start([], { cwd: folder })).toEqual(prints('two\n'));
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

test('what a project takes of the program is known wherever a line of its bundle ends', async () => {
  const { asScripts } = (await import(join(process.cwd(), 'bin', 'scripts.mjs'))) as {
    asScripts: (of: Record<string, unknown>) => Promise<boolean>;
  };
  const esbuild = await import('esbuild');
  const names = Array.from({ length: 170 }, (_, i) => `before${i}`);
  const map = JSON.stringify({ version: 3, sources: [], mappings: '', names: [] });
  let broken = 0;
  for (const [i, name] of names.entries()) {
    const text = `f("${'x'.repeat(i)}"); export const a = __taken("portolan:shared-one.cjs")`;
    const { code } = await esbuild.transform(text, { minifyWhitespace: true, lineLimit: 160, format: 'esm' });
    if (!code.includes('__taken("portolan:shared-one.cjs")')) broken++;
    program.write(`${name}.mjs`, code);
    program.write(`${name}.mjs.map`, map);
  }
  expect(broken).toBeGreaterThan(20);

  const outputs = Object.fromEntries(names.map((name) => [`${name}.mjs`, { imports: [] }]));
  expect(await asScripts({ esbuild, folder: program.folder, outputs })).toBe(true);
  for (const name of names)
    expect(readFileSync(join(program.folder, `${name}.cjs`), 'utf8')).toContain('needs:["portolan:shared-one.cjs"]');
});

describe('a program that is bundled', () => {
  test('is made anew where a file is gone that it is bundled with a project by', () => {
    printing('const say = String;');
    program.start();
    rmSync(join(program.bundles('program')[0] ?? '', 'shared.json'));
    program.write('project.ts', "export default 'changed';\n");

    expect([program.start(), program.start()]).toEqual([prints('changed\n'), prints('changed\n')]);
  });

  test('is not tidied away while other starts make bundles of the same project', async () => {
    printing('const say = String;');
    program.start();
    program.write('project.ts', "export default 'changed';\n");
    const starts = Array.from({ length: 14 }, async () => {
      const child = spawn(process.execPath, [join(program.folder, 'bin', 'portolan.cjs'), 'do'], {
        cwd: program.folder,
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
      await once(child, 'close');
      return said;
    });

    expect(await Promise.all(starts)).toEqual(Array(14).fill('changed\n'));
  });

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
