import { equivalentOf } from './equivalents.ts';
import type { Fault } from './fault.ts';
import { countOf, countsByFolder, countWords } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** A judged fault, as it is kept: by its place and its change, since offsets are another text's tomorrow. */
export interface Judged extends Pick<Fault, 'file' | 'line' | 'kind' | 'change'> {
  /** The test that found it in the run itself; undefined when none of those that ran did. */
  readonly foundBy?: string;
  /** The test that found it when it was asked again. */
  readonly laterFoundBy?: string;
  /** Why nobody could tell it from the program, when somebody judged so after the run. */
  readonly equivalent?: string;
  /** Whether the code that it was put into was not found when it was asked again. @default false */
  readonly gone?: boolean;
}

/** The last run that was written down. */
export interface MutationRecord {
  readonly seed: number;
  /** How many faults were meant to be judged; fewer are in `judged` when the run was stopped. */
  readonly count: number;
  /** How many test files each fault was shown to at most. */
  readonly tests: number;
  /** Of what ran it, e.g. `Node.js 20.20.0`. */
  readonly versions: readonly string[];
  /** The commit whose files were sampled. */
  readonly commit: string;
  readonly judged: readonly Judged[];
}

/** An outcome, as it is kept. */
export const judgedOf = ({ fault: { file, line, kind, change }, foundBy }: Outcome): Judged => ({
  file,
  line,
  kind,
  change,
  ...(foundBy === undefined ? {} : { foundBy }),
});

/**
 * What a run that was stopped has judged, in the order of its sample.
 *
 * @throws Error when it was another sample: its answers are none to this one
 */
export function judgedSoFar(kept: MutationRecord, run: Omit<MutationRecord, 'judged'>): readonly Judged[] {
  const sampleOf = ({ seed, tests, commit }: Omit<MutationRecord, 'judged'>): string =>
    `seed ${seed}, ${tests} tests, at ${commit}`;
  // Git shortens a commit to as many digits as tell it apart, and they become more while the repository grows.
  const digits = Math.min(kept.commit.length, run.commit.length);
  const comparable = (record: Omit<MutationRecord, 'judged'>): string =>
    sampleOf({ ...record, commit: record.commit.slice(0, digits) });
  if (comparable(kept) !== comparable(run))
    throw new Error(`the run that was kept is another (${sampleOf(kept)}), and this one is ${sampleOf(run)}`);
  return kept.judged;
}

/** Whether a fault of the code as it is now is one that was judged, wherever its line went since. */
const isSameFault = (a: Pick<Fault, 'file' | 'kind' | 'change'>, b: Pick<Fault, 'file' | 'kind' | 'change'>): boolean =>
  a.file === b.file && a.kind === b.kind && a.change === b.change;

/**
 * What is known of a kept fault after it was asked again: a survivor is looked for in the code as it is now, in its file
 * or where it moved to. What is gone, or known as equivalent since, is not judged.
 */
export async function askedAgain(
  kept: Judged,
  faults: readonly Fault[],
  judge: (fault: Fault) => Promise<string | undefined>,
): Promise<Judged> {
  if ((kept.foundBy ?? kept.laterFoundBy) !== undefined) return kept;
  const distance = ({ line }: Fault): number => Math.abs(line - kept.line);
  const [near] = faults.filter((now) => isSameFault(now, kept)).sort((a, b) => distance(a) - distance(b));
  // Code moves to other files; the same change in one alone is the same fault.
  const elsewhere = faults.filter(({ kind, change }) => kind === kept.kind && change === kept.change);
  const fault = near ?? (elsewhere.length === 1 ? elsewhere[0] : undefined);
  const { equivalent: _, gone: __, ...rest } = kept;
  if (fault === undefined) return { ...rest, gone: true };
  const known = equivalentOf(fault);
  if (known !== undefined) return { ...rest, equivalent: known.why };
  const found = await judge(fault);
  return found === undefined ? rest : { ...rest, laterFoundBy: found };
}

const heading = '## Last result';

/** The document with its last section written anew. */
export const withResult = (document: string, record: MutationRecord): string =>
  `${document.slice(0, document.indexOf(heading))}${heading}\n${resultOf(record)}`;

function resultOf({ seed, count, tests, versions, commit, judged }: MutationRecord): string {
  const counted = judged.filter(({ equivalent }) => equivalent === undefined);
  const survivors = judged.filter(({ foundBy }) => foundBy === undefined);
  const later = counted.map((fault, i) => ({ ...outcomeOf(fault, i), foundBy: fault.foundBy ?? fault.laterFoundBy }));
  const stopped = judged.length < count ? ` of the ${count} that were meant to be` : '';
  return [
    'Written by `npm run mutate -- --write`, and by `--again` after tests were added.',
    '',
    `- Seed ${seed}, ${tests} test files asked at most, at ${commit}, with ${versions.join(', ')}.`,
    `- ${judged.length}${stopped} drawn; ${judged.length - counted.length} of them equivalent: nobody could tell.`,
    `- **${countWords(countOf(counted.map(outcomeOf)))} found** by the tests as they were.`,
    `- ${countWords(countOf(later))} found with the tests that were written for the survivors.`,
    '',
    '| folder | found as they were |',
    '|---|---|',
    ...countsByFolder(counted.map(outcomeOf)).map(([folder, of]) => `| \`${folder}\` | ${countWords(of)} |`),
    '',
    ...(survivors.length === 0 ? ['None survived.'] : ['| survivor | change | since |', '|---|---|---|']),
    ...survivors.map(
      (fault) => `| \`${fault.file}:${fault.line}\` | ${fault.kind}: ${inCell(fault.change)} | ${since(fault)} |`,
    ),
    '',
  ].join('\n');
}

function since({ laterFoundBy, equivalent, gone }: Judged): string {
  if (equivalent !== undefined) return `equivalent: ${equivalent}`;
  if (gone === true) return 'its code was rewritten';
  return laterFoundBy === undefined ? 'survives' : `found by ${laterFoundBy}`;
}

const inCell = (code: string): string => `\`${code.replaceAll('|', '\\|')}\``;

const outcomeOf = (fault: Judged, index: number): Outcome => ({
  number: index + 1,
  fault: { ...fault, code: '', start: 0, end: 0, replacement: '' },
  foundBy: fault.foundBy,
});
