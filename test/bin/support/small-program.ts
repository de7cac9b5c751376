import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What a start of a program gave. */
export interface Started {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The file that a bundle of this kind is loaded by. */
const firstFile = { program: 'main.cjs', project: 'project.cjs', whole: 'main.mjs' };

/** A program of one file, which prints what it was called with, in a folder of its own with a copy of the launcher. */
export interface SmallProgram {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  /** Starts it. @default - in its own folder, by the Node.js that runs the tests */
  readonly start: (
    argv?: readonly string[],
    by?: { readonly cwd?: string; readonly node?: readonly string[] },
  ) => Started;
  /** The folders of the bundles that were made so far, the oldest first: of the program, of its project, and of both as ES modules. */
  readonly bundles: (of: keyof typeof firstFile) => readonly string[];
  /** The files of code that are kept of the newest such bundle for the program's own project. */
  readonly keptCode: (of: keyof typeof firstFile) => readonly string[];
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
  const bundles: SmallProgram['bundles'] = (of) =>
    readdirSync(cache, { recursive: true, encoding: 'utf8' })
      .filter((file) => basename(file) === firstFile[of])
      .map((file) => join(cache, dirname(file)))
      .sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  return {
    folder,
    write,
    bundles,
    keptCode(of) {
      const kept = `code-${basename(bundles(of).at(-1) ?? '')}`;
      return readdirSync(cache, { recursive: true, encoding: 'utf8' })
        .filter((file) => basename(dirname(file)) === kept)
        .sort()
        .map((file) => join(cache, file));
    },
    start(argv = [], { cwd = folder, node = [process.execPath] } = {}) {
      const [command = '', ...options] = node;
      const { status, stdout, stderr } = spawnSync(
        command,
        [...options, join(folder, 'bin', 'portolan.cjs'), ...argv],
        { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
      );
      return { status, stdout, stderr };
    },
  };
}
