import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who promotes many times, in seconds of a clock: one after the other, and all at once. */
export interface Racers {
  readonly inTurn: () => Promise<number>;
  /** @throws Error where one neither landed nor was superseded, or something that landed is gone */
  readonly atOnce: () => Promise<number>;
}

/** What a promotion says of itself. */
interface Promoted {
  readonly outcome: string;
  readonly commit?: string;
}

/**
 * Publishes an environment of the project in `root` to a repository of its own and hands both ways of promoting one of its images to `use`, each time to
 * other tags and from the repository as it was published.
 *
 * @param count - how many promotions
 */
export async function withRacers<Result>(
  root: string,
  environment: string,
  count: number,
  use: (racers: Racers) => Promise<Result>,
): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const [published, ops] = [join(scratch, 'published.git'), join(scratch, 'ops.git')];
  const branch = `env/${environment}`;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['--git-dir', ops, ...args], { encoding: 'utf8' }).trim();
  const portolan = (...args: readonly string[]): Promise<string> =>
    new Promise((answer, fail) => {
      let said = '';
      const options = ['--allow-unmerged', '--json', '--ops'];
      const place = args[0] === 'publish' ? published : ops;
      const started = spawn(process.execPath, ['bin/portolan.cjs', ...args, ...options, place], { cwd: root });
      for (const stream of [started.stdout, started.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      started.on('close', (code) => {
        if (code === 0) answer(said);
        else fail(new Error(`portolan ${args.join(' ')} ended with ${code ?? 'no code'}: ${said}`));
      });
    });
  let moves = 0;
  const tags = (): readonly string[] => Array.from({ length: count }, () => String(++moves).padStart(40, '0'));
  const promote = (tag: string): Promise<string> =>
    portolan('promote', environment, '--no-resolve', '--allow-older', '--image', `todo-app=arkb2023/todo-app:${tag}`);
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    rmSync(ops, { recursive: true, force: true });
    cpSync(published, ops, { recursive: true });
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  try {
    execFileSync('git', ['init', '--quiet', '--bare', published]);
    await portolan('publish', environment);
    return await use({
      inTurn: () =>
        timed(async () => {
          for (const tag of tags()) await promote(tag);
        }),
      atOnce: () =>
        timed(async () => {
          const answers = (await Promise.all(tags().map(promote))).map((said) => JSON.parse(said) as Promoted);
          const landed = answers.flatMap(({ outcome, commit }) => (outcome === 'updated' && commit ? [commit] : []));
          const isWhole = answers.every(({ outcome }) => outcome === 'updated' || outcome === 'superseded');
          // One line, whose commits are the first one and all that said that they landed.
          const line = git('log', '--format=%H %P', branch).split('\n');
          const isOneLine = line.every((commit) => commit.split(' ').length <= 2) && line.length === landed.length + 1;
          if (!isWhole || !isOneLine || !landed.every((commit) => line.some((it) => it.startsWith(commit))))
            throw new Error(
              `of ${count} promotions at once ${landed.length} landed, and the branch has ${line.length}`,
            );
        }),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
