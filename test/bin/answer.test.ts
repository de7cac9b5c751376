import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { smallProgram, type SmallProgram, type Started } from './support/small-program.ts';

let program: SmallProgram;
let kept: string;

beforeEach(() => {
  program = smallProgram();
  kept = join(program.folder, 'node_modules', '.cache', 'portolan', 'answers.json');
  program.write('src/cli/text.ts', "export const text = 'what every start loads';\n");
  program.write('src/cli/command.ts', "export const command = 'what a command loads';\n");
  program.write('src/cli/main.ts', main('console.log(`${argv.join()} ${text} ${process.pid}`)'));
});

afterEach(() => {
  rmSync(program.folder, { recursive: true, force: true });
});

/** A program that says something, and the process that said it: of an answer that was kept that is another one. */
const main = (said: string): string => `import { text } from './text.ts';
  export async function main({ argv }: { readonly argv: readonly string[] }): Promise<number> {
    if (argv[0] === 'command') console.log((await import('./command.ts')).command);
    ${said};
    return argv[0] === '-h' ? 2 : 0;
  }\n`;

/** What a start prints, and whether a process before it had said the same. */
function asked(...argv: readonly string[]): Started & { readonly pid: string } {
  const started = program.start(argv);
  return { ...started, pid: started.stdout.split(' ').at(-1) ?? '' };
}

/** Starts once files are old enough that the disk's word for them is believed, and a second time. */
async function keptFor(...argv: readonly string[]): Promise<string> {
  program.start(argv);
  await pause(2100);
  const { pid } = asked(...argv);
  expect(asked(...argv).pid).toBe(pid);
  return pid;
}

describe('what a start for help or for the version printed', () => {
  test('is printed again, whole, for that question alone', async () => {
    const pid = await keptFor('--help');

    expect(asked('--help')).toMatchObject({ status: 0, stdout: `--help what every start loads ${pid}`, stderr: '' });
    expect(asked('--version').pid).not.toBe(pid);
    expect(asked('--version').pid).toBe(asked('--version').pid);
    expect(asked('--help').pid).toBe(pid);
  });

  test('is not kept where the start failed, said something beside it, or is for a command', async () => {
    program.write('src/cli/main.ts', main("console.error('beside'); console.log(String(process.pid))"));
    program.start(['--help']);
    await pause(2100);
    for (const argv of [['--help'], ['-h'], ['command'], ['command', '--help'], ['--help', 'command'], []])
      program.start(argv);

    expect(existsSync(kept)).toBe(false);
  });

  test('is asked for anew when a file changed that every start loads, and not when another did', async () => {
    const pid = await keptFor('--help');

    program.write('src/cli/command.ts', "export const command = 'changed';\n");
    expect(asked('--help').pid).toBe(pid);
    program.write('src/cli/text.ts', "export const text = 'changed';\n");
    const changed = asked('--help');
    expect(changed.stdout).toContain('--help changed');
    expect(changed.pid).not.toBe(pid);
  });

  test('depends on where it is printed to', async () => {
    const pid = await keptFor('--help');
    const inColour = spawnSync(process.execPath, [join(program.folder, 'bin', 'portolan.cjs'), '--help'], {
      cwd: program.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '3' },
    });

    expect(inColour.stdout).not.toContain(pid);
    expect(inColour.stdout).toContain('what every start loads');
  });

  test.each([
    ['is no JSON', () => '{'],
    ['is something else', () => '[]'],
    ['has an answer that is no text', (text: string) => text.replace(/"[^"]*what every start loads[^"]*"/, '7')],
    ['names files that are no texts', (text: string) => text.replace(/"files":\["/, '"files":[null,"')],
    [
      'names no file',
      (text: string) => text.replace(/"files":\[.*?\]/, '"files":[]').replace(/"stamps":\[.*?\]/, '"stamps":[]'),
    ],
    [
      'is of another place',
      (text: string) => text.replaceAll(JSON.stringify(program.folder).slice(1, -1), '/elsewhere'),
    ],
  ])('is asked for anew where what was kept %s', async (_, damaged) => {
    const pid = await keptFor('--help');
    const before = readFileSync(kept, 'utf8');
    writeFileSync(kept, damaged(before));
    expect(readFileSync(kept, 'utf8')).not.toBe(before);

    expect(asked('--help')).toMatchObject({ status: 0, stderr: '' });
    expect(asked('--help').pid).not.toBe(pid);
  });

  test('is printed where nothing can be kept', async () => {
    program.start(['--help']);
    await pause(2100);
    // A folder is where the file would be: nobody can move a file there.
    mkdirSync(kept);

    expect(asked('--help')).toMatchObject({ status: 0, stderr: '' });
    rmSync(kept, { recursive: true });
    writeFileSync(kept, '{}');
    chmodSync(kept, 0o400);
    expect(asked('--help')).toMatchObject({ status: 0, stderr: '' });
  });

  test('may be read in part, as by head', async () => {
    await keptFor('--help');
    const { status, stderr } = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', `${process.execPath} bin/portolan.cjs --help | true`],
      { cwd: program.folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('is asked for anew when its file is as old as before and something else', async () => {
    const pid = await keptFor('--help');
    const file = join(program.folder, 'src', 'cli', 'text.ts');
    writeFileSync(file, "export const text = 'what every start reads';\n");
    utimesSync(file, 1, 1);

    expect(asked('--help').stdout).toContain('what every start reads');
    expect(asked('--help').pid).not.toBe(pid);
  });
});
