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
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { temporaryFolder } from '../../../support/git.ts';
import { ProjectCopy } from '../../../support/project-copy.ts';
import { changesOf, stepsIn, type EngineStep } from './engine-events.ts';
import { plugins } from './needs.ts';

/** How a run came out. */
export interface EngineRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What was done, or would be, with every resource. */
  readonly steps: readonly EngineStep[];
  /** What changed, or would, as `op type name`, in alphabetical order. */
  readonly changes: readonly string[];
}

/** Where a run differs from the usual one. */
export interface RunOptions {
  /** Variables besides the usual ones. @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** Given on standard input. @default - nothing */
  readonly input?: string;
  /** Whether a run that fails is an answer too. @default false */
  readonly mayFail?: boolean;
}

/** A run that is under way. */
export interface StartedRun {
  /** Number of the engine's process. */
  readonly pid: number;
  /** How it came out, whatever ended it; 137 where that was a signal. */
  readonly ended: Promise<EngineRun>;
}

/** What the engine and the project keep of all stacks. */
export type EngineMemory = ReadonlyMap<string, string>;

/** Options of the commands that take steps: nobody is asked, and the steps are shown as text without colours. */
const stepping: Readonly<Record<string, readonly string[]>> = {
  preview: ['--diff=false'],
  up: ['--yes', '--skip-preview'],
  refresh: ['--yes', '--skip-preview'],
  destroy: ['--yes', '--skip-preview'],
  import: ['--yes'],
};

const runOf = (
  {
    exitCode = 137,
    stdout,
    stderr,
  }: { readonly exitCode?: number | undefined; readonly stdout: string; readonly stderr: string },
  log: string,
): EngineRun => {
  const steps = stepsIn(log);
  return {
    exitCode,
    stdout: stripVTControlCharacters(stdout),
    stderr: stripVTControlCharacters(stderr),
    steps,
    changes: changesOf(steps),
  };
};

/**
 * The project in a folder of its own, with a backend, a passphrase, plugins and a home of its own: nothing of the person's who runs the
 * tests is read or changed.
 */
export class EngineProject {
  /** project.ts, the stack files and their Git history. */
  readonly copy: ProjectCopy;
  /** Home of the person who runs Pulumi. */
  readonly home = temporaryFolder();
  private readonly run = temporaryFolder();
  private runs = 0;

  /** @param example - one of `examples/`. @default - the todo system */
  constructor(
    private readonly token: string,
    example?: string,
  ) {
    this.copy = new ProjectCopy(example);
    const { folder } = this.copy;
    // What is tried stays what it was, whoever works on it meanwhile.
    for (const name of example === undefined ? ['bin', 'src'] : []) {
      rmSync(join(folder, name));
      cpSync(resolve(name), join(folder, name), { recursive: true });
    }
    mkdirSync(this.backend, { recursive: true });
    mkdirSync(this.logs);
    writeFileSync(join(this.run, 'passphrase'), `${Math.random()}\n`);
    for (const { name, version, file } of plugins) {
      const plugin = join(this.run, 'pulumi', 'plugins', `resource-${name}-v${version}`);
      mkdirSync(plugin, { recursive: true });
      symlinkSync(file, join(plugin, `pulumi-resource-${name}`));
      writeFileSync(`${plugin}.lock`, '');
    }
  }

  get folder(): string {
    return this.copy.folder;
  }

  /** Folder of the backend, in which the states lie. */
  get backend(): string {
    return join(this.run, 'backend');
  }

  /** Folder of what the engine said of every run, as events. */
  get logs(): string {
    return join(this.run, 'events');
  }

  /** Variables that a run sees. */
  get variables(): Record<string, string> {
    const passed = ['PATH', 'KUBECONFIG', 'TMPDIR', 'LANG', 'XDG_CACHE_HOME'];
    return {
      ...Object.fromEntries(
        passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      ),
      HOME: this.home,
      USER: 'ann',
      GITHUB_TOKEN: this.token,
      PULUMI_HOME: join(this.run, 'pulumi'),
      PULUMI_BACKEND_URL: `file://${this.backend}`,
      PULUMI_CONFIG_PASSPHRASE_FILE: join(this.run, 'passphrase'),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_IGNORE_AMBIENT_PLUGINS: 'true',
      // For the log of events, by which a run says exactly what it did.
      PULUMI_DEBUG_COMMANDS: 'true',
    };
  }

  /**
   * Runs `pulumi` to its end; nobody is asked anything.
   *
   * @throws with what it printed when it fails, unless it may
   */
  async pulumi(args: readonly string[], options: RunOptions = {}): Promise<EngineRun> {
    const run = await this.start(args, options).ended;
    if (run.exitCode !== 0 && options.mayFail !== true)
      throw new Error(`pulumi ${args.join(' ')}: exit code ${run.exitCode}\n${run.stdout}\n${run.stderr}`);
    return run;
  }

  /** Starts `pulumi` and does not wait, e.g. to break it off. */
  start(args: readonly string[], { env = {}, input = '' }: RunOptions = {}): StartedRun {
    const [command = ''] = args;
    const steps = args.includes('--preview-only') ? [] : stepping[command];
    const log = this.nextLog();
    const child = execa(
      'pulumi',
      [...args, '--non-interactive', '--color=never', ...(steps === undefined ? [] : [...steps, `--event-log=${log}`])],
      { reject: false, extendEnv: false, cwd: this.folder, env: { ...this.variables, ...env }, input },
    );
    return { pid: child.pid ?? 0, ended: child.then((result) => runOf(result, log)) };
  }

  /** What a stack's state is, with its secrets as they lie on the disk. */
  state(stack: string): string {
    return readFileSync(this.stateFile(stack), 'utf8');
  }

  /** Makes the state of a stack another one. */
  putState(stack: string, text: string): void {
    writeFileSync(this.stateFile(stack), text);
  }

  /** Does what the guide says of a state that cannot be loaded: the file with its attributes goes, and then it is that of one step before. */
  repairState(stack: string): void {
    const file = this.stateFile(stack);
    if (existsSync(`${file}.attrs`)) rmSync(`${file}.attrs`);
    else copyFileSync(`${file}.bak`, file);
  }

  /** Loses the state of a stack: the engine knows of nothing that it made. The stack's file stays. */
  loseState(stack: string): void {
    rmSync(this.stateFile(stack), { force: true });
  }

  /** States and stack files, to come back to with {@link recall}. */
  remember(): EngineMemory {
    return new Map(this.kept().map((file) => [file, readFileSync(file, 'utf8')]));
  }

  /** Makes states and stack files what they were. */
  recall(memory: EngineMemory): void {
    for (const file of this.kept()) if (!memory.has(file)) rmSync(file);
    for (const [file, text] of memory) writeFileSync(file, text);
  }

  private kept(): readonly string[] {
    const below = existsSync(this.backend) ? readdirSync(this.backend, { recursive: true, withFileTypes: true }) : [];
    return [
      ...below.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
      ...readdirSync(this.folder)
        .filter((name) => /^Pulumi\..*yaml$|^project\.ts$/.test(name))
        .map((name) => join(this.folder, name)),
    ];
  }

  private stateFile(stack: string): string {
    return join(this.backend, '.pulumi', 'stacks', 'the-project', `${stack}.json`);
  }

  private nextLog(): string {
    this.runs += 1;
    return join(this.logs, `${this.runs}.jsonl`);
  }
}
