import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a start of a program gave. */
export interface Started {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of one file, which prints what it was called with, in a folder of its own with a copy of the launcher. */
export interface SmallProgram {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  /** Starts it. @default - in its own folder, by the Node.js that runs the tests */
  readonly start: (
    argv?: readonly string[],
    by?: { readonly cwd?: string; readonly node?: readonly string[] },
  ) => Started;
  /** The folders of the bundles that were made of it so far, the oldest first. */
  readonly bundles: () => readonly string[];
}

export function smallProgram(): SmallProgram {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'launcher-')));
  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, file), text);
  };
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'src', 'cli'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(process.cwd(), 'node_modules', 'esbuild'), join(folder, 'node_modules', 'esbuild'));
  write(
    'package.json',
    JSON.stringify({
      name: '@a/portolan',
      version: '1.2.3',
      type: 'module',
      engines: { node: '>=20.12' },
      exports: { '.': { 'portolan-source': './src/words.ts', default: './lib/src/words.js' } },
      imports: { '#project': './src/cli/none.ts' },
    }),
  );
  write('src/cli/none.ts', "export default 'none';\n");
  write('src/words.ts', "export const word: string = 'of the sources';\n");
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
  const cache = join(folder, 'node_modules', '.cache', 'portolan');
  return {
    folder,
    write,
    start(argv = [], { cwd = folder, node = [process.execPath] } = {}) {
      const [command = '', ...options] = node;
      const { status, stdout, stderr } = spawnSync(
        command,
        [...options, join(folder, 'bin', 'portolan.cjs'), ...argv],
        { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
      );
      return { status, stdout, stderr };
    },
    bundles: () =>
      readdirSync(cache)
        .filter((place) => place !== 'answers.json')
        .flatMap((place) =>
          readdirSync(join(cache, place))
            .filter((name) => name !== 'built.json')
            .sort()
            .map((name) => join(cache, place, name)),
        ),
  };
}
