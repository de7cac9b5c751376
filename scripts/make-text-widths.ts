/**
 * Makes `src/review/graph/character-widths.ts`: how wide each character of the picture is in the widest of some fonts.
 *
 *     npx tsx scripts/make-text-widths.ts DejaVuSans.ttf=DejaVuSans-Bold.ttf LiberationSans-Regular.ttf=LiberationSans-Bold.ttf …
 *
 * Each argument is `<plain font file>=<bold font file>`. The committed table is made from DejaVu Sans 2.37 (what Linux shows
 * as `sans-serif`), Liberation Sans 1.07 (as wide as Helvetica and Arial) and Inter 4.0 (like the system font of macOS), which
 * Debian has as fonts-dejavu-core, fonts-liberation and fonts-inter.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as prettier from 'prettier';
import { fontWidths, type FontWidths } from './font-widths.ts';

/** Runs of characters that names and sentences are made of: Latin, punctuation, arrows. */
const runs: readonly (readonly [from: number, to: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x2010, 0x2027],
  [0x2190, 0x2193],
];

/** The widest of some fonts for one character, rounded up; 0 where none has it. */
export const widestOf = (fonts: readonly FontWidths[], codePoint: number): number =>
  Math.ceil(Math.max(0, ...fonts.map((widths) => widths(codePoint) ?? 0)));

const rows = (fonts: readonly FontWidths[]): string =>
  runs
    .map(
      ([from, to]) =>
        `{ from: 0x${from.toString(16)}, widths: [${Array.from({ length: to - from + 1 }, (_, i) => widestOf(fonts, from + i)).join(', ')}] }`,
    )
    .join(', ');

const read = (file: string): FontWidths => fontWidths(readFileSync(file));

async function main(pairs: readonly string[]): Promise<void> {
  if (pairs.length === 0) throw new Error('write the fonts as <plain file>=<bold file>, three of them or more');
  const files = pairs.map((pair) => pair.split('='));
  const target = 'src/review/graph/character-widths.ts';
  const text = `/**
 * Made by scripts/make-text-widths.ts from DejaVu Sans 2.37, Liberation Sans 1.07 (as wide as Helvetica and Arial) and
 * Inter 4.0: the widest of the three for each character, in thousandths of the font size. 0 where none has the character.
 */
export interface CharacterRun {
  /** Code point of the first character. */
  readonly from: number;
  readonly widths: readonly number[];
}

export const plainWidths: readonly CharacterRun[] = [${rows(files.map(([plain = '']) => read(plain)))}];

export const boldWidths: readonly CharacterRun[] = [${rows(files.map(([plain = '', bold = plain]) => read(bold)))}];
`;
  const options = await prettier.resolveConfig(target);
  writeFileSync(target, await prettier.format(text, { ...options, parser: 'typescript' }));
}

if (process.argv[1]?.endsWith('make-text-widths.ts') === true) await main(process.argv.slice(2));
