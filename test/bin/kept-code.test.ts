import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { smallProgram, type SmallProgram, type Started } from './support/small-program.ts';

let program: SmallProgram;

beforeEach(() => {
  program = smallProgram();
  program.write(
    'src/cli/greet.ts',
    'export const greet = (): string => `hello from ${new URL(import.meta.url).protocol}`;\n',
  );
  program.write(
    'src/cli/main.ts',
    `import project from '#project';
    export async function main({ argv }: { readonly argv: readonly string[] }): Promise<number> {
      if (argv[0] === 'greet') console.log((await import('./greet.ts')).greet());
      console.log(await project);
      return argv[1] === 'wrongly' ? 2 : argv[1] === 'badly' ? 1 : 0;
    }\n`,
  );
});

afterEach(() => {
  rmSync(program.folder, { recursive: true, force: true });
});

const prints = (stdout: string): Started => ({ status: 0, stdout, stderr: '' });

const chunkOf = (bundle = '', name: string): string =>
  join(bundle, readdirSync(bundle).find((file) => new RegExp(`^${name}(-\\w+)?\\.cjs$`).test(file)) ?? '');

/** What a start changes of the code that is kept: nothing, or all of a file. */
function rewritten(file: string, act: () => void): boolean {
  utimesSync(file, 1, 1);
  act();
  return statSync(file).mtimeMs !== 1000;
}

describe('the code that V8 compiled', () => {
  test('is kept for each command by the first start of it, and not written again', () => {
    const [first, second, third] = [[], ['greet'], ['unknown']].map((argv) => program.start(argv));
    const [ofProgram, ofProject] = [program.keptCode('program'), program.keptCode('project')];
    const kept = [...ofProgram, ...ofProject];

    expect([first, second, third].map((it) => it?.stderr)).toEqual(['', '', '']);
    expect(ofProgram.map((file) => file.replace(/^.*-/, ''))).toEqual(['', 'greet']);
    expect(ofProject.map((file) => file.replace(/^.*-/, ''))).toEqual(['']);
    for (const file of kept) {
      expect(
        rewritten(file, () => {
          expect(program.start(['greet'])).toEqual(prints('hello from file:\nfrom the project\n'));
          expect(program.start()).toEqual(prints('from the project\n'));
        }),
      ).toBe(false);
    }
  });

  test('is not kept of a start that only asks for help or is called wrongly, and kept anew by the first that succeeds', () => {
    for (const argv of [
      ['greet', '--help'],
      ['help', 'greet'],
      ['greet', 'wrongly'],
    ])
      program.start(argv);
    expect(program.keptCode('program').filter((file) => file.endsWith('greet'))).toEqual([]);

    program.start(['greet', 'badly']);
    const [file = ''] = program.keptCode('program').filter((it) => it.endsWith('greet'));
    expect(rewritten(file, () => program.start(['greet', 'badly']))).toBe(false);
    expect(rewritten(file, () => program.start(['greet']))).toBe(true);
    expect(rewritten(file, () => program.start(['greet']))).toBe(false);
  });

  test('is not believed where it is damaged anywhere, or cut off, and made anew', () => {
    program.start(['greet']);
    const [file = ''] = program.keptCode('program');
    const whole = readFileSync(file);
    const start = whole.indexOf('\n');
    const damaged = Array.from({ length: 12 }, (_, i) => {
      const bytes = Buffer.from(whole);
      const at = Math.floor((i * (whole.length - 1)) / 11);
      bytes[at] = (bytes[at] ?? 0) ^ 0x21;
      return bytes;
    });

    for (const bytes of [...damaged, whole.subarray(0, start + 40), whole.subarray(0, start - 3), Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      expect(program.start(['greet'])).toEqual(prints('hello from file:\nfrom the project\n'));
    }
    expect(rewritten(file, () => program.start(['greet']))).toBe(false);
  });

  test('is not believed of another source, even of one as long', () => {
    program.start(['greet']);
    const chunk = chunkOf(program.bundles('program').at(-1), 'greet');
    writeFileSync(chunk, readFileSync(chunk, 'utf8').replace('hello', 'HELLO'));

    expect(program.start(['greet'])).toEqual(prints('HELLO from file:\nfrom the project\n'));
  });

  test('does no harm where it cannot be kept', () => {
    program.start();
    const [file = ''] = program.keptCode('program');
    const folder = dirname(file);
    // Who may write anywhere, as in a container, is kept out by a folder of the name, or a file in the place of the folder.
    rmSync(file);
    mkdirSync(file);
    chmodSync(folder, 0o555);
    const [ofProject = ''] = program.keptCode('project').map(dirname);
    rmSync(ofProject, { recursive: true });
    writeFileSync(ofProject, '');

    expect([program.start(), program.start()]).toEqual([prints('from the project\n'), prints('from the project\n')]);
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is made anew for other flags of V8', () => {
    const node = [process.execPath, '--no-lazy-feedback-allocation'];
    program.start(['greet']);

    expect(program.start(['greet'], { node })).toEqual(prints('hello from file:\nfrom the project\n'));
    expect(program.start(['greet'])).toEqual(prints('hello from file:\nfrom the project\n'));
  });

  test('is shared by starts at the same time', async () => {
    const one = async (): Promise<string> => {
      const child = spawn(process.execPath, [join(program.folder, 'bin', 'portolan.cjs'), 'greet'], {
        cwd: program.folder,
      });
      let said = '';
      child.stdout.on('data', (data) => (said += String(data)));
      child.stderr.on('data', (data) => (said += String(data)));
      await once(child, 'close');
      return said;
    };
    program.start();

    expect(await Promise.all(Array.from({ length: 6 }, one))).toEqual(
      Array(6).fill('hello from file:\nfrom the project\n'),
    );
    const [, file = ''] = program.keptCode('program');
    expect(rewritten(file, () => program.start(['greet']))).toBe(false);
    expect(program.keptCode('program')).toHaveLength(2);
  });
});

describe('the scripts of the bundle before', () => {
  const madeOf = (chunk: string): string => /made:"(\w+) \w+"\}\)\n$/.exec(readFileSync(chunk, 'utf8'))?.[1] ?? '';

  test('are taken where nothing changed, unless they are damaged, and made anew where something did', () => {
    const said = (word: string): string =>
      `import project from '#project';
      export async function main({ argv }) {
        if (argv[0] === 'greet') console.log((await import('./greet.ts')).greet());
        console.log('${word}', project);
        return 0;
      }\n`;
    program.start(['greet']);
    program.write('src/cli/main.ts', said('changed'));
    expect(program.start(['greet'])).toEqual(prints('hello from file:\nchanged from the project\n'));
    const [first, second] = program.bundles('program');
    expect(madeOf(chunkOf(second, 'greet'))).toBe(madeOf(chunkOf(first, 'greet')));
    expect(madeOf(chunkOf(second, 'main'))).not.toBe(madeOf(chunkOf(first, 'main')));

    const kept = chunkOf(second, 'greet');
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('hello', 'HELLO'));
    program.write('src/cli/main.ts', said('changed again'));
    expect(program.start(['greet'])).toEqual(prints('hello from file:\nchanged again from the project\n'));
  });
});

describe('a project', () => {
  const library = (name: string, text: string): void => {
    mkdirSync(join(program.folder, 'node_modules', name), { recursive: true });
    program.write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './a.js' }));
    program.write(`node_modules/${name}/a.js`, text);
  };

  const isOfScripts = (): boolean => program.bundles('whole').length === 0;

  test('may await at its top: it is then loaded as ES modules', () => {
    program.write('project.ts', "export default await Promise.resolve('awaited');\n");

    expect([program.start(), program.start()]).toEqual([prints('awaited\n'), prints('awaited\n')]);
    expect(isOfScripts()).toBe(false);
  });

  test('may ask how another module would be found: it is then loaded as ES modules', () => {
    program.write('project.ts', "export default import.meta.resolve('node:fs');\n");

    expect(program.start()).toEqual(prints('node:fs\n'));
    expect(isOfScripts()).toBe(false);
  });

  test('may import a library that is ES modules, at once, when it needs it, and by a name that it makes up', () => {
    library('modern', "export const one = 'one'; export default 'two'; export let three = 'three';\n");
    program.write(
      'project.ts',
      `import two, { one } from 'modern';
      const name = ['mod', 'ern'].join('');
      const later = async () => [(await import('modern')).three, (await import(name)).default, 'import("modern")'];
      export default later().then((it) => [one, two, ...it].join());\n`,
    );

    expect(program.start()).toEqual(prints('one,two,three,two,import("modern")\n'));
    expect(isOfScripts()).toBe(true);
  });

  test('is beside packages that are no part of the bundle, which the program imports at once where it needs them', () => {
    library('modern', "export const one = 'one'; export default 'two';\n");
    program.write(
      'src/cli/greet.ts',
      "import two, { one } from 'modern';\nimport * as all from 'modern';\nexport const greet = () => [one, two, Object.keys(all)].join();\n",
    );

    expect(program.start(['greet'])).toEqual(prints('one,two,default,one\nfrom the project\n'));
    rmSync(join(program.folder, 'node_modules', 'modern'), { recursive: true });
    expect(program.start()).toEqual(prints('from the project\n'));
    expect(program.start(['greet']).stderr).toContain(
      `Cannot find package 'modern' imported from ${program.bundles('program').at(-1) ?? ''}`,
    );
    expect(isOfScripts()).toBe(true);
  });

  test('knows where it lies, speaks any language, and is read as strictly as a module', () => {
    program.write(
      'project.ts',
      `import { existsSync } from 'node:fs';
      function self(this: unknown) { return this === undefined; }
      export default [existsSync(import.meta.filename), existsSync(import.meta.dirname), /^[ä-ü]$/.test('ö'), self(), 'größer 🚢'].join();\n`,
    );

    expect([program.start(), program.start()]).toEqual([
      prints('true,true,true,true,größer 🚢\n'),
      prints('true,true,true,true,größer 🚢\n'),
    ]);
    expect(isOfScripts()).toBe(true);
  });

  test('that fails is told with the line of its source, however it is loaded', () => {
    for (const first of ['', 'await Promise.resolve();']) {
      program.write('project.ts', `${first}\n\nthrow new Error('not today');\nexport default 1;\n`);
      for (const _ of [1, 2]) {
        const { status, stderr } = program.start();
        expect(status).toBe(1);
        expect(stderr).toContain(`${join(program.folder, 'project.ts')}:3:7`);
      }
      expect(isOfScripts()).toBe(first === '');
    }
  });
});
