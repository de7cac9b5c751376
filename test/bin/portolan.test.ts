import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { smallProgram, type Started } from './support/small-program.ts';

/** A small program in a folder of its own, started by a copy of the launcher. */
let folder: string;
let write: (file: string, text: string) => void;
let start: (argv?: readonly string[], cwd?: string) => Started;

/** What a start prints that also says when it reads project.ts. */
const spied = (): string => {
  const opened = join(folder, 'opened.mjs');
  writeFileSync(
    opened,
    `import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const read = fs.readFileSync;
    fs.readFileSync = (file, ...rest) => {
      if (String(file).endsWith('project.ts')) console.log('read the project');
      return read(file, ...rest);
    };
    syncBuiltinESMExports();`,
  );
  return spawnSync(process.execPath, ['--import', opened, join(folder, 'bin', 'portolan.cjs')], {
    encoding: 'utf8',
    cwd: folder,
  }).stdout;
};

beforeEach(() => {
  const program = smallProgram();
  ({ folder, write } = program);
  start = (argv, cwd = folder) => program.start(argv, { cwd });
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the launcher', () => {
  test('hands over what it was called with and returns the exit code', () => {
    const { status, stdout, stderr } = start(['synth', '--json']);

    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      project: 'from the project',
      argv: ['synth', '--json'],
      projectFolder: folder,
      packageFolder: folder,
      version: '1.2.3',
    });
  });

  test('uses the bundle again while nothing has changed, without loading esbuild', () => {
    start();
    rmSync(join(folder, 'node_modules', 'esbuild'));

    expect(start()).toMatchObject({ status: 0, stderr: '' });
  });

  test('bundles again when a file has changed', () => {
    start();
    write('project.ts', "export default 'changed';\n");

    expect(start().stdout).toContain('"project":"changed"');
    expect(start().stdout).toContain('"project":"changed"');
  });

  test('asks for help by what a start for help loads: another file may have changed, or be broken', async () => {
    const mainOf = (words: string): string =>
      `export async function main({ argv }: { readonly argv: readonly string[] }): Promise<number> {
        if (argv[0] !== '--help') return (await import('./command.ts')).command;
        console.log('${words}');
        return 0;
      }\n`;
    write('src/cli/command.ts', 'export const command = 3;\n');
    write('src/cli/main.ts', mainOf('first words'));
    await pause(2100);

    expect(start(['--help'])).toMatchObject({ status: 0, stdout: 'first words\n' });

    write('src/cli/command.ts', 'export const command = ;\n');

    expect(start(['--help'])).toMatchObject({ status: 0, stdout: 'first words\n' });
    expect(start(['--help', 'me'])).toMatchObject({ status: 1, stderr: expect.stringContaining('command.ts:1:') });

    write('src/cli/command.ts', 'export const command = 4;\n');
    write('src/cli/main.ts', mainOf('other words'));

    expect(start(['--help'])).toMatchObject({ status: 0, stdout: 'other words\n' });
    expect(start(['do'])).toMatchObject({ status: 4 });
  });

  test('bundles again when a file has changed and looks as it did: as long, and last written when it was', async () => {
    const source = join(folder, 'project.ts');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(source, longAgo, longAgo);
    // Only files that nobody wrote just now are known by their looks.
    await pause(2100);
    start();

    write('project.ts', "export default 'from another one';\n");
    utimesSync(source, longAgo, longAgo);

    expect(start().stdout).toContain('"project":"from another one"');
  });

  test('reads no source where none was written since', async () => {
    await pause(2100);
    start();

    expect(spied()).not.toContain('read the project');
    utimesSync(join(folder, 'project.ts'), new Date(), new Date());
    expect(spied()).toContain('read the project');
  });

  test('reads no source from the second start on, where a file was saved just before the first', async () => {
    start();
    await pause(2100);

    expect(spied()).toContain('read the project');
    expect(spied()).not.toContain('read the project');
    write('project.ts', "export default 'changed';\n");
    expect(spied()).toContain('"project":"changed"');
  });

  test('bundles again when what it kept is damaged, or was written by another version of it', () => {
    start();
    const cache = join(folder, 'node_modules', '.cache', 'portolan');
    for (const place of readdirSync(cache)) {
      const file = join(cache, place, 'built.json');
      const { main: _, ...older } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      for (const text of ['{"key"', 'null', '{}', JSON.stringify(older)]) {
        writeFileSync(file, text);
        expect(start()).toMatchObject({ status: 0, stderr: '' });
      }
    }
  });

  test('finds the project from a folder below it and when called through a symbolic link', () => {
    const below = join(folder, 'src', 'cli');
    const link = join(folder, 'linked');
    symlinkSync(join('bin', 'portolan.cjs'), link);

    expect(start([], below).stdout).toContain(`"projectFolder":"${folder}"`);
    expect(spawnSync(link, { cwd: below, encoding: 'utf8' }).stdout).toContain(`"projectFolder":"${folder}"`);
  });

  test('takes the project of the folder it is called in before its own', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    write('other/project.ts', "export default 'another';\n");

    expect(start([], other).stdout).toContain(`"project":"another"`);
  });

  test('never takes its own project where there is none, and says that there is none', () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'launcher-')));
    try {
      expect(JSON.parse(start([], elsewhere).stdout)).toEqual({
        argv: [],
        projectFolder: elsewhere,
        packageFolder: folder,
        version: '1.2.3',
        withoutProject: true,
      });
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('gives a project that imports the package by its name the sources, where they are', () => {
    write('project.ts', "import { word } from '@a/portolan';\nexport default word;\n");

    expect(start().stdout).toContain('"project":"of the sources"');
  });

  test('runs what it was compiled to as an installed package, for the project that it is installed in, from any folder of it', () => {
    const installed = join(folder, 'node_modules', '@a', 'portolan');
    const compiled = join(installed, 'lib', 'src');
    mkdirSync(join(compiled, 'cli'), { recursive: true });
    cpSync('bin', join(installed, 'bin'), { recursive: true });
    cpSync(join(folder, 'package.json'), join(installed, 'package.json'));
    writeFileSync(
      join(compiled, 'cli', 'main.js'),
      "import project from '#project';\nexport const main = ({ projectFolder }) => console.log(JSON.stringify({ project, projectFolder }));\n",
    );
    writeFileSync(join(compiled, 'words.js'), "export const word = 'compiled';\n");
    // A library of the project's own, of which the package knows nothing.
    mkdirSync(join(folder, 'node_modules', 'own-library'));
    write('node_modules/own-library/package.json', JSON.stringify({ name: 'own-library', main: 'a.js' }));
    write('node_modules/own-library/a.js', 'exports.of = (word) => `${word}, through a library`;\n');
    write(
      'project.ts',
      "import { word } from '@a/portolan';\nimport { of } from 'own-library';\nexport default of(word);\n",
    );
    mkdirSync(join(folder, 'deep', 'below'), { recursive: true });
    const { stdout, stderr } = spawnSync(process.execPath, [join(installed, 'bin', 'portolan.cjs')], {
      cwd: join(folder, 'deep', 'below'),
      encoding: 'utf8',
    });

    expect({ stdout, stderr }).toEqual({
      stdout: `${JSON.stringify({ project: 'compiled, through a library', projectFolder: folder })}\n`,
      stderr: '',
    });
  });

  test('starts without a package that only some commands need, and finds it once it is installed', () => {
    write(
      'src/cluster.ts',
      "export const asked = import('@kubernetes/client-node').then((it) => it.default, ({ code }) => code);\n",
    );
    write(
      'src/cli/main.ts',
      "import { asked } from '../cluster.ts';\nexport const main = async () => console.log(await asked);\n",
    );

    expect(start()).toMatchObject({ stdout: 'ERR_MODULE_NOT_FOUND\n', stderr: '' });
    const optional = join('node_modules', '@kubernetes', 'client-node');
    mkdirSync(join(folder, optional), { recursive: true });
    write(join(optional, 'package.json'), JSON.stringify({ name: '@kubernetes/client-node', main: 'a.js' }));
    write(join(optional, 'a.js'), "module.exports = 'a client';\n");

    expect(start()).toMatchObject({ stdout: 'a client\n', stderr: '' });
  });

  test('fails with file and line of the source when a command breaks', () => {
    const { status, stderr } = start(['break']);

    expect(status).toBe(1);
    expect(stderr).toContain('portolan: an error nobody expected\nError: broken\n');
    expect(stderr).toContain(`${join(folder, 'src', 'cli', 'main.ts')}:5:`);
  });

  test('fails with file and line when a source file is not TypeScript', () => {
    write('project.ts', 'export default {\n  name: name:,\n};\n');

    expect(start()).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'portolan: project.ts:2:13: Expected "}" but found ":"\n  next: mend it there; "npx tsc" says the same of every file\n',
    });
  });

  test('fails with one sentence when the dependencies are not installed', () => {
    rmSync(join(folder, 'node_modules'), { recursive: true });

    expect(start()).toEqual({
      status: 1,
      stdout: '',
      stderr: 'portolan: the dependencies are not installed; run "npm ci" first\n',
    });
  });

  test('fails with one sentence when Node.js is too old', () => {
    write('package.json', JSON.stringify({ version: '1.2.3', type: 'module', engines: { node: '>=99.1' } }));

    expect(start().stderr).toBe(`portolan: Node.js 99.1 or later is needed, this is ${process.versions.node}\n`);
  });

  test.each(['portolan.cjs', 'answer.cjs', 'bundled.cjs', 'load-bundle.cjs'])(
    'says so on a Node.js that is older still: %s, which comes before that sentence, asks for nothing newer',
    (name) => {
      const lines = readFileSync(join('bin', name), 'utf8').split('\n');

      expect(lines.filter((line) => !/^\s*(\/\/|\*)/.test(line) && /import\.meta\.(?!url\b)/.test(line))).toEqual([]);
    },
  );
});
