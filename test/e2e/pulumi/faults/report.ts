import { faults } from './fault.ts';
import type { Case } from './broken-off.ts';

/** How one case came out. */
export interface Result extends Case {
  /** @default - it was brought to its end, and left what a whole update leaves */
  readonly wrong?: string;
}

/** The page of docs with the last result. */
export function reportOf(results: readonly Result[], calls: number): string {
  const row = (name: string): string => {
    const of = results.filter(({ fault }) => fault.name === name);
    const wrong = of.filter((one) => one.wrong !== undefined);
    const where = wrong.length === 0 ? '' : `: calls ${wrong.map(({ call }) => call).join(', ')}`;
    return `| ${name} | ${of.length} | ${of.length - wrong.length} | ${wrong.length}${where} |`;
  };
  return [
    '# Updates that break off',
    '',
    'Written by `npm run faults`, which lets every call of GitHub that making the stack `platform` takes go wrong in every way, one at a time, on the real',
    'engine. After each, `pulumi up` is run until it is through, doing what its messages say and nothing else; the next one must change nothing, and GitHub must keep',
    `exactly what it keeps without the fault. Making the stack takes ${calls} calls.`,
    '',
    '| what goes wrong | at how many calls | mended | not mended |',
    '|---|---|---|---|',
    ...faults.map(({ name }) => row(name)),
    '',
    `${results.length} of ${calls * faults.length} cases were run; ${results.filter(({ wrong }) => wrong === undefined).length} were mended.`,
    '',
  ].join('\n');
}
