import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A small program in a folder of its own, started by a copy of the launcher. */
let folder: string;

const write = (file: string, text: string): void => {
  writeFileSync(join(folder, file), text);
};

const start = (
  argv: readonly string[] = [],
  cwd = folder,
): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'portolan.mjs'), ...argv], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status, stdout, stderr };
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'launcher-')));
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'src', 'cli'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(process.cwd(), 'node_modules', 'esbuild'), join(folder, 'node_modules', 'esbuild'));
  write('package.json', JSON.stringify({ version: '1.2.3', type: 'module', engines: { node: '>=20.12' } }));
  write('project.ts', "export default 'from the project';\n");
  write(
    'src/cli/main.ts',
    `import project from '#project';
    interface Invocation { readonly argv: readonly string[]; readonly projectFolder: string; readonly version: string }
    export async function main(invocation: Invocation): Promise<number> {
      console.log(JSON.stringify({ project, ...invocation }));
      if (invocation.argv[0] === 'break') throw new Error('broken');
      return invocation.argv.length;
    }\n`,
  );
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
    const spied = (): string =>
      spawnSync(process.execPath, ['--import', opened, join(folder, 'bin', 'portolan.mjs')], {
        encoding: 'utf8',
        cwd: folder,
      }).stdout;

    expect(spied()).not.toContain('read the project');
    utimesSync(join(folder, 'project.ts'), new Date(), new Date());
    expect(spied()).toContain('read the project');
  });

  test('bundles again when what it kept is damaged', () => {
    start();
    const cache = join(folder, 'node_modules', '.cache', 'portolan');
    const place = join(cache, readdirSync(cache)[0]!);
    writeFileSync(join(place, 'built.json'), '{"key"');

    expect(start()).toMatchObject({ status: 0, stderr: '' });
  });

  test('finds the project from a folder below it and when called through a symbolic link', () => {
    const below = join(folder, 'src', 'cli');
    const link = join(folder, 'linked');
    symlinkSync(join('bin', 'portolan.mjs'), link);

    expect(start([], below).stdout).toContain(`"projectFolder":"${folder}"`);
    expect(spawnSync(link, { cwd: below, encoding: 'utf8' }).stdout).toContain(`"projectFolder":"${folder}"`);
  });

  test('takes the project of the folder it is called in before its own', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    write('other/project.ts', "export default 'another';\n");

    expect(start([], other).stdout).toContain(`"project":"another"`);
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
});
