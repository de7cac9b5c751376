import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';

/** Where a command says things: results on standard output, progress on standard error, or one JSON value. */
export interface Terminal {
  /** Whether `--json` was asked for; then only {@link Terminal.result} prints to standard output. */
  readonly json: boolean;
  /** Prints a line for people. */
  say(line?: string): void;
  /** Runs one step and says how long it took; what it returns may add a remark. */
  step<T>(title: string, work: () => T | Promise<T>, remark?: (value: T) => string): Promise<T>;
  /** Prints the machine's answer; nothing without `--json`. */
  result(value: unknown): void;
}

/** One stream of a process, or of a test. */
export interface Stream {
  write(text: string): unknown;
  /** Whether a person's terminal is at its end. @default false */
  readonly isTTY?: boolean;
  /** Width of that terminal, in characters. @default - not known */
  readonly columns?: number;
}

/** Streams of a process, or of a test. */
export interface Streams {
  readonly out: Stream;
  readonly err: Stream;
  /** Whether a terminal takes no cursor codes, as `TERM=dumb` says. @default false */
  readonly dumb?: boolean;
}

const ofProcess: Streams = { out: process.stdout, err: process.stderr, dumb: process.env['TERM'] === 'dumb' };

/**
 * A terminal over two streams. Steps of a person's terminal show while they run; elsewhere each is one line. What is no
 * person's terminal gets neither colours nor cursor codes, whatever the environment variables of a CI system ask for.
 */
export function terminal(json: boolean, { out, err, dumb = false }: Streams = ofProcess): Terminal {
  const live = !json && err.isTTY === true && !dumb;
  const print = (stream: Stream, text: string): unknown =>
    stream.write(stream.isTTY === true ? text : stripVTControlCharacters(text));
  const clear = live ? '\r\x1b[2K' : '';
  return {
    json,
    say(line = '') {
      if (!json) print(out, `${line}\n`);
    },
    async step(title, work, remark) {
      if (json) return work();
      const start = performance.now();
      if (live) print(err, pc.dim(shortened(`  … ${title}`, err.columns)));
      try {
        const value = await work();
        const note = remark?.(value);
        print(
          err,
          `${clear}  ${pc.green('✔')} ${title}${note ? `: ${note}` : ''} ${pc.dim(seconds(performance.now() - start))}\n`,
        );
        return value;
      } catch (error) {
        print(err, `${clear}  ${pc.red('✖')} ${title} ${pc.dim(seconds(performance.now() - start))}\n`);
        throw error;
      }
    },
    result(value) {
      if (json) out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

const seconds = (milliseconds: number): string => `(${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s)`;

/** A line that is to be cleared again must not wrap. */
const shortened = (line: string, columns = 80): string =>
  line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
