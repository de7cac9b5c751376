import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { faults } from './fault.ts';

/** How one case came out: which call of which stack, what went wrong at it, and what came of it. */
export interface Result {
  readonly stack: string;
  /** From 1. */
  readonly call: number;
  /** Name of the fault. */
  readonly fault: string;
  /** The last commit that changed the program before it was run. */
  readonly commit: string;
  /** @default - it was brought to its end, and left what a whole update leaves */
  readonly wrong?: string;
}

/** How a state that was lost from some step on was come back from. */
export interface Loss {
  readonly stack: string;
  /** How many resources the state still had; of 0 the whole state was lost. */
  readonly step: number;
  /** The last commit that changed the program before it was run. */
  readonly commit: string;
  /** @default - all was taken over, and left what there was */
  readonly wrong?: string;
}

/** Everything that is known of the cases, over as many runs as it took. */
export interface FaultRecord {
  /** How many calls making a stack takes, by stack. */
  readonly calls: Readonly<Record<string, number>>;
  readonly results: readonly Result[];
  /** At how many steps a state can be lost, by stack. */
  readonly steps: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
}

/** Where `npm run faults` keeps what it found, and the page that says so. */
export const record = 'test/e2e/pulumi/faults/last-run.json';
export const page = 'docs/faults.md';

/** The stacks that are tried, in their order. */
const stacks = ['platform', 'staging', 'production'];

type Key = Omit<Result, 'commit' | 'wrong'> | Omit<Loss, 'commit' | 'wrong'>;

const keyOf = (one: Key): string =>
  'call' in one ? `${one.stack} ${one.call} ${one.fault}` : `${one.stack} from ${one.step}`;

/** The record of earlier runs; an empty one where there is none. */
export const readRecord = (file: string): FaultRecord => ({
  calls: {},
  results: [],
  steps: {},
  losses: [],
  ...(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<FaultRecord>) : {}),
});

/** A list with one more, in place of an earlier one of the same case. */
const withOne = <One extends Result | Loss>(all: readonly One[], added: One): readonly One[] =>
  [...all.filter((one) => keyOf(one) !== keyOf(added)), added].sort((a, b) =>
    keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }),
  );

/**
 * Writes a result down in place of an earlier one of the same case.
 *
 * @param of - how many calls making the stack takes, or at how many steps its state can be lost
 */
export function keep(file: string, of: number, added: Result | Loss): void {
  const before = readRecord(file);
  const after: FaultRecord =
    'call' in added
      ? { ...before, calls: { ...before.calls, [added.stack]: of }, results: withOne(before.results, added) }
      : { ...before, steps: { ...before.steps, [added.stack]: of }, losses: withOne(before.losses, added) };
  writeFileSync(file, `${JSON.stringify(after, null, 1)}\n`);
}

/** Whether a case was run before and ended well. */
export const isMended = ({ results, losses }: FaultRecord, wanted: Key): boolean =>
  [...results, ...losses].some((one) => keyOf(one) === keyOf(wanted) && one.wrong === undefined);

/** Cells of a row: how many of how many were run, how many ended well, and which did not. */
function cells(all: readonly (Result | Loss)[], of: number): string {
  const wrong = all.filter((one) => one.wrong !== undefined);
  const places = wrong.map((one) => ('call' in one ? one.call : one.step));
  return `${all.length} of ${of} | ${all.length - wrong.length} | ${wrong.length === 0 ? 'none' : places.join(', ')}`;
}

/** How many of how many, in a sentence, and of which stacks not one was run. */
function counted(all: readonly (Result | Loss)[], of: Readonly<Record<string, number>>): string {
  const open = stacks.filter((stack) => of[stack] === undefined);
  const ended = all.filter(({ wrong }) => wrong === undefined).length;
  return [
    `${all.length} of ${sum(Object.values(of))} were run; ${ended} ended well.`,
    ...(open.length === 0 ? [] : [`Of ${open.join(' and ')} none was run yet.`]),
  ].join(' ');
}

const sum = (numbers: readonly number[]): number => numbers.reduce((before, one) => before + one, 0);

/** The page of docs with the last result of every case that was run. */
export function reportOf({ calls, results, steps, losses }: FaultRecord): string {
  const ofStack = <One extends Result | Loss>(all: readonly One[], name: string): readonly One[] =>
    all.filter(({ stack }) => stack === name);
  const commits = [...new Set([...results, ...losses].map(({ commit }) => commit))].sort();
  return [
    '# Updates that break off, and states that are lost',
    '',
    'Written by `npm run faults`, on the real engine. What was run and ended well is not run again until `PORTOLAN_FAULTS=anew npm run faults`; it goes',
    'on where it was broken off. `.ci/run` takes others of the cases every hour, and prints which; in a prime number of hours, days or weeks it comes to',
    'all. `PORTOLAN_FAULTS_TURN=N` takes those that it took with that number.',
    '',
    '## A state that is lost',
    '',
    'A stack is made, and its state is lost from one step on: what it made up to there it still knows. Then `pulumi up` is run until it is through, doing',
    'what its messages say and nothing else; the next one must change nothing, and GitHub must keep exactly what it kept.',
    '',
    '| stack | at how many steps | ended well | did not, at the steps |',
    '|---|---|---|---|',
    ...Object.entries(steps).map(([stack, of]) => `| ${stack} | ${cells(ofStack(losses, stack), of)} |`),
    '',
    counted(losses, steps),
    '',
    '## A call that goes wrong',
    '',
    'Every call of GitHub that making a stack takes goes wrong in every way, one at a time. Then as above; GitHub must keep exactly what it keeps without',
    'the fault. The time-out is that of the program, 15 seconds; the provider waits for as long as it is not hung up on.',
    '',
    '| stack | what goes wrong | at how many calls | ended well | did not, at the calls |',
    '|---|---|---|---|---|',
    ...Object.entries(calls).flatMap(([stack, of]) =>
      faults.map(({ name }) => {
        const all = ofStack(results, stack).filter(({ fault }) => fault === name);
        return `| ${stack} | ${name} | ${cells(all, of)} |`;
      }),
    ),
    '',
    counted(results, Object.fromEntries(Object.entries(calls).map(([stack, of]) => [stack, of * faults.length]))),
    '',
    ...(commits.length === 0
      ? []
      : [`The program was that of ${commits.map((commit) => `\`${commit}\``).join(', ')}.`, '']),
  ].join('\n');
}
