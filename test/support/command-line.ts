import { jest } from '@jest/globals';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { main } from '../../src/cli/main.ts';

/** The repository, which holds the schemas. */
const root = resolve(import.meta.dirname, '..', '..');

/** Variables that change what a command says or whom it asks. */
const unwanted = /^(?:CI|NO_COLOR|FORCE_COLOR|COLUMNS|KUBECONFIG|GITHUB_.*|PORTOLAN_.*|GIT_CONFIG_.*)$/;

/** What Node.js says of itself, and when it likes. */
const warning = /^\(node:\d+\)|^\(Use `node /;

/** How a command is called. */
export interface Call {
  readonly args: readonly string[];
  /** Variables that it finds, besides those of a person's quiet machine. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs the command line in this process, as a person at a terminal does whose output is kept in a file, and writes down what came of
 * it: the call, its exit code, and what it printed. The clock stands still meanwhile.
 *
 * @param projectFolder - holds the stack files; the program is that of this repository
 */
export async function transcriptOf(projectFolder: string, { args, env = {} }: Call): Promise<readonly string[]> {
  const printed = { out: '', err: '' };
  const take =
    (name: 'out' | 'err') =>
    (text: unknown): boolean => {
      if (!warning.test(String(text))) printed[name] += String(text);
      return true;
    };
  const before = { ...process.env };
  const listeners = [process.stdout, process.stderr].map((stream) => [stream, stream.listeners('error')] as const);
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  const atTerminal = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
  Object.defineProperty(process.stdin, 'isTTY', { value: true, configurable: true });
  for (const name of Object.keys(process.env)) if (unwanted.test(name)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, { USER: 'ann', ...env });
  try {
    const code = await main({ argv: args, projectFolder, packageFolder: root, version: '1.2.3' });
    return [
      `$ portolan ${args.join(' ')}${code === 0 ? '' : `  # exit code ${code}`}`,
      ...linesOf(printed.out, ''),
      ...linesOf(printed.err, '! '),
    ];
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const [stream, known] of listeners)
      for (const listener of stream.listeners('error'))
        if (!known.includes(listener)) stream.off('error', listener as () => void);
    if (atTerminal === undefined) Reflect.deleteProperty(process.stdin, 'isTTY');
    else Object.defineProperty(process.stdin, 'isTTY', atTerminal);
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}

/** Without colours: whether there are any is decided once, when the process starts, and CI systems have them. */
const linesOf = (text: string, sign: string): readonly string[] =>
  text === ''
    ? []
    : stripVTControlCharacters(text)
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${sign}${line}`.trimEnd());

/** Keeps the clock where it is, and lets everything else take its time. */
export function stopTheClock(): void {
  jest.useFakeTimers({
    now: new Date('2026-03-01T09:30:00Z'),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}
