import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { faults } from './fault.ts';

/** How one case came out: which call of which stack, what went wrong at it, and what came of it. */
export interface Result {
  readonly stack: string;
  /** From 1. */
  readonly call: number;
  /** Name of the fault. */
  readonly fault: string;
  /** @default - it was brought to its end, and left what a whole update leaves */
  readonly wrong?: string;
}

/** Everything that is known of the cases, over as many runs as it took. */
export interface FaultRecord {
  /** How many calls making a stack takes, by stack. */
  readonly calls: Readonly<Record<string, number>>;
  readonly results: readonly Result[];
}

const keyOf = ({ stack, call, fault }: Result): string => `${stack} ${call} ${fault}`;

/** The record of earlier runs; an empty one where there is none. */
export const readRecord = (file: string): FaultRecord =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FaultRecord) : { calls: {}, results: [] };

/** Writes a result down in place of an earlier one of the same case. */
export function keep(file: string, calls: number, result: Result): void {
  const before = readRecord(file);
  const results = [...before.results.filter((one) => keyOf(one) !== keyOf(result)), result].sort((a, b) =>
    keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }),
  );
  const record: FaultRecord = { calls: { ...before.calls, [result.stack]: calls }, results };
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
}

/** Whether a case was run before and mended. */
export const isMended = ({ results }: FaultRecord, wanted: Result): boolean =>
  results.some((one) => keyOf(one) === keyOf(wanted) && one.wrong === undefined);

/** The page of docs with the last result of every case that was run. */
export function reportOf({ calls, results }: FaultRecord): string {
  const row = (stack: string, name: string): string => {
    const of = results.filter((one) => one.stack === stack && one.fault === name);
    const wrong = of.filter((one) => one.wrong !== undefined);
    const where = wrong.length === 0 ? '' : `: calls ${wrong.map(({ call }) => call).join(', ')}`;
    return `| ${stack} | ${name} | ${of.length} of ${calls[stack] ?? 0} | ${of.length - wrong.length} | ${wrong.length}${where} |`;
  };
  const all = Object.values(calls).reduce((sum, one) => sum + one * faults.length, 0);
  return [
    '# Updates that break off',
    '',
    'Written by `npm run faults`, which lets every call of GitHub that making a stack takes go wrong in every way, one at a time, on the real engine. After',
    'each, `pulumi up` is run until it is through, doing what its messages say and nothing else; the next one must change nothing, and GitHub must keep exactly',
    'what it keeps without the fault. A case that was mended is not run again until `PORTOLAN_FAULTS=anew npm run faults`; `.ci/run` runs others every hour.',
    '',
    '| stack | what goes wrong | at how many calls | mended | not mended |',
    '|---|---|---|---|---|',
    ...Object.keys(calls).flatMap((stack) => faults.map(({ name }) => row(stack, name))),
    '',
    `${results.length} of ${all} cases were run; ${results.filter(({ wrong }) => wrong === undefined).length} were mended.`,
    '',
  ].join('\n');
}
