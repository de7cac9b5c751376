import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gitIn, temporaryFolder } from './git.ts';

/** What a command printed, and how it ended. */
export interface Answer {
  /** Exit code. */
  readonly code: number | null;
  /** What ended it instead. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is started. */
export interface Start {
  /** Folder that it is called in. @default - the copy itself */
  readonly cwd?: string;
  /** Variables besides those of {@link quietVariables}. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '..', '..');

/** What of the project is used as it is. */
const linked = ['bin', 'src', 'imports', 'schemas', 'node_modules'];

/** Waits for a process and what it prints. */
function answerOf(child: ChildProcessWithoutNullStreams): Promise<Answer> {
  const printed = { stdout: '', stderr: '' };
  child.stdin.end();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (printed[name] += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, ...printed });
    });
  });
}

/** The variables of this process without those that change what a command prints or whom it asks. */
function quietVariables(): Record<string, string> {
  const unwanted =
    /^(?:CI|NO_COLOR|FORCE_COLOR|COLUMNS|TERM|KUBECONFIG|NODE_OPTIONS|CDK8S_.*|GITHUB_.*|GIT_.*|PORTOLAN_.*)$/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || unwanted.test(name) ? [] : [[name, value]],
    ),
  );
}

/**
 * The project as a newcomer has it, in a folder of its own: project.ts, the stack files and package.json are copies, committed
 * to a Git repository of their own; the rest is linked. Its commands run through the true launcher, in processes of their own.
 */
export class ProjectCopy {
  readonly folder = temporaryFolder();
  /** The local ops repository, once something is published. */
  readonly ops = join(this.folder, '.portolan', 'ops.git');
  private readonly home = temporaryFolder();

  /** @param example - one of `examples/`, which uses the package as others do. @default - the todo system */
  constructor(example?: string) {
    const from = example === undefined ? root : join(root, 'examples', example);
    const own = example === undefined ? ['.gitignore'] : ['pulumi.mjs'];
    const copied = [
      'project.ts',
      'package.json',
      'tsconfig.json',
      ...own,
      ...readdirSync(from).filter((name) => /^Pulumi\..*yaml$/.test(name)),
    ];
    for (const name of copied) copyFileSync(join(from, name), join(this.folder, name));
    for (const name of example === undefined ? linked : ['node_modules'])
      symlinkSync(join(root, name), join(this.folder, name));
    if (example === undefined) cpSync(join(root, '.github'), join(this.folder, '.github'), { recursive: true });
    this.commit('Start');
  }

  /** The launcher, as a path. */
  get launcher(): string {
    return join(this.folder, 'bin', 'portolan.cjs');
  }

  /** Runs `portolan` with these arguments to its end. */
  run(args: readonly string[], start: Start = {}): Promise<Answer> {
    return this.runProgram(process.execPath, [this.launcher, ...args], start);
  }

  /** Runs `portolan` once for each list of arguments, two at a time, and returns the answers in the same order. */
  async runEach(calls: readonly (readonly string[])[], start: Start = {}): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    const waiting = [...calls.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        answers[next[0]] = await this.run(next[1], start);
    };
    await Promise.all([work(), work()]);
    return answers;
  }

  /** Runs a line of bash; `$portolan` in it is the launcher. */
  runShell(line: string, { env = {}, ...start }: Start = {}): Promise<Answer> {
    return this.runProgram('bash', ['-c', line], { ...start, env: { portolan: this.launcher, ...env } });
  }

  private runProgram(
    program: string,
    args: readonly string[],
    { cwd = this.folder, env = {} }: Start,
  ): Promise<Answer> {
    const child = spawn(program, args, {
      cwd,
      env: { ...quietVariables(), HOME: this.home, USER: 'ann', ...env },
      stdio: 'pipe',
    });
    return answerOf(child);
  }

  /** Text of a file of the copy. */
  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** Writes a file of the copy. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Changes the text of a file of the copy. */
  edit(file: string, change: (text: string) => string): void {
    this.write(file, change(this.read(file)));
  }

  /** Commits everything that is not ignored and returns the commit. */
  commit(message: string): string {
    if (!existsSync(join(this.folder, '.git'))) gitIn(this.folder, 'init', '--quiet');
    gitIn(this.folder, 'add', '--all');
    gitIn(this.folder, 'commit', '--quiet', '--allow-empty', '--message', message);
    return gitIn(this.folder, 'rev-parse', 'HEAD');
  }

  /** Every branch of the local ops repository and its commit; empty before the first publish. */
  refs(): string {
    return existsSync(this.ops) ? gitIn(this.ops, 'for-each-ref', '--format=%(refname:short) %(objectname)') : '';
  }

  /** Every file below a folder of the copy, by path: its text. */
  files(folder: string): Readonly<Record<string, string>> {
    const absolute = join(this.folder, folder);
    if (!existsSync(absolute)) return {};
    const entries = readdirSync(absolute, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      entries
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [relative(absolute, file), readFileSync(file, 'utf8')]),
    );
  }

  /** Removes a folder of the copy. */
  remove(folder: string): void {
    rmSync(join(this.folder, folder), { recursive: true, force: true });
  }

  /** What the local ops repository and `dist/` hold: what no refused command may change. */
  state(): { readonly refs: string; readonly dist: Readonly<Record<string, string>> } {
    return { refs: this.refs(), dist: this.files('dist') };
  }

  /** What a command says to people, on both streams, and its exit code. */
  async said(...args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
    const { code, stdout, stderr } = await this.run(args);
    return { code, text: this.plain(stdout + stderr) };
  }

  /** What a command answers to machines. */
  async json(...args: readonly string[]): Promise<unknown> {
    return JSON.parse((await this.run([...args, '--json'])).stdout) as unknown;
  }

  /** A text without what differs from run to run: times, short commits, and where the copy lies. */
  plain(text: string): string {
    return text
      .replaceAll(/\(\d+(?:\.\d+)? s\)/g, '(TIME)')
      .replaceAll(/\b[0-9a-f]{12}\b/g, 'COMMIT')
      .replaceAll(this.folder, 'FOLDER');
  }
}
