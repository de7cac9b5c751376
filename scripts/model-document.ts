import type { Carrier } from '../src/model/carried-out/carrier.ts';
import * as course from '../src/model/carried-out/course.ts';
import * as notYet from '../src/model/carried-out/not-yet.ts';
import * as surroundings from '../src/model/carried-out/surroundings.ts';
import type { ModelWord } from './model-words.ts';
import { shortSourceOf } from './source-of.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);

/** What a table says of each of its words. */
const tableLines = (name: string, table: Readonly<Record<string, Carrier>>): readonly string[] =>
  Object.entries(table).map(([word, carrier]) =>
    'by' in carrier
      ? `| ${name} | \`${word}\` | ${cell(carrier.by)} |`
      : `| ${name} | \`${word}\` | nobody yet: ${cell(carrier.instead)} |`,
  );

const isTable = (value: object): value is Readonly<Record<string, Carrier>> =>
  Object.values(value).every((it: object) => 'by' in it || 'instead' in it);

const tables: readonly string[] = Object.entries({ ...course, ...surroundings }).flatMap(([name, table]) =>
  isTable(table)
    ? tableLines(name, table)
    : Object.entries(table).flatMap(([kind, inner]) => tableLines(`${name}.${kind}`, inner)),
);

const refusedProperties = Object.values(notYet).flatMap((table) => Object.keys(table));

const lineOf = ({ name, type, meaning, ...word }: ModelWord): string => {
  const need = word.isOptional ? (word.byDefault ?? 'not said') : 'must be said';
  const property = name.split('.')[1] ?? '';
  const refused = word.readers.length === 0 && refusedProperties.includes(property);
  const who = word.readers.length > 0 ? 'the program' : refused ? 'nobody yet' : 'rules';
  return `| ${code(name)} | ${cell(meaning === '' ? type : meaning)} | ${cell(need)} | ${code('example' in word ? shortSourceOf(word.example, 80) : '')} | ${who} |`;
};

/** docs/model.md: every word of the delivery model, from the tables, the docstrings, and what the deliveries say. */
export const modelDocument = (words: readonly ModelWord[]): string =>
  [
    '# The words of a delivery',
    'Written by `npm run model`; do not edit. A test holds that it is true.',
    '## Who carries out which word\nA word that nobody carries out yet is refused by `check`, with its place and what to write.',
    ['| table | word | carried out by |', '|---|---|---|', ...tables].join('\n'),
    '## Every property\nA name in brackets is the member of a union. "Rules" read what is a limit, a word to an\nowner, or a part of a word that nobody carries out yet: they refuse, and render nothing.',
    [
      '| property | meaning, or type | default | example | read by |',
      '|---|---|---|---|---|',
      ...words.map(lineOf),
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
