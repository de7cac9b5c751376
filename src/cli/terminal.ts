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

/** Streams of a process, or of a test. */
export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
}

/** A terminal over two streams. Steps of a person's terminal show while they run; elsewhere each is one line. */
export function terminal(json: boolean, streams: Streams = { out: process.stdout, err: process.stderr }): Terminal {
  const live = !json && streams.err.isTTY === true;
  return {
    json,
    say(line = '') {
      if (!json) streams.out.write(`${line}\n`);
    },
    async step(title, work, remark) {
      if (json) return work();
      const start = performance.now();
      if (live) streams.err.write(pc.dim(`  … ${title}`));
      const clear = live ? '\r\x1b[2K' : '';
      try {
        const value = await work();
        const note = remark?.(value);
        streams.err.write(`${clear}  ${pc.green('✔')} ${title}${note ? `: ${note}` : ''} ${pc.dim(seconds(performance.now() - start))}\n`);
        return value;
      } catch (error) {
        streams.err.write(`${clear}  ${pc.red('✖')} ${title} ${pc.dim(seconds(performance.now() - start))}\n`);
        throw error;
      }
    },
    result(value) {
      if (json) streams.out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

const seconds = (milliseconds: number): string => `(${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s)`;
