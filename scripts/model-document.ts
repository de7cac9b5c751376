import type { Carrier } from '../src/model/carried-out/carrier.ts';
import * as course from '../src/model/carried-out/course.ts';
import * as surroundings from '../src/model/carried-out/surroundings.ts';
import type { ModelWord } from './model-words.ts';
import { isRefused } from './refused-words.ts';
import { shortSourceOf } from './source-of.ts';
import { typeWords } from './type-words.ts';

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

/** The type that declares a property, and the property as its section calls it. */
function partsOf(name: string): readonly [type: string, label: string] {
  const [, type = '', member, property = ''] = /^(\w+)(?:\((\w+)\))?\.(.*)$/.exec(name) ?? [];
  return [type, member === undefined ? code(property) : `${code(property)} of ${code(member)}`];
}

/** What a docstring says after `@default`: a value, or a dash and what happens. */
const defaultWords = (byDefault: string): string => (byDefault.startsWith('- ') ? byDefault.slice(2) : code(byDefault));

function lineOf({ name, type, meaning, ...word }: ModelWord, sections: ReadonlySet<string>): string {
  const need = word.isOptional ? defaultWords(word.byDefault ?? '- not said') : 'must be said';
  const who = isRefused(name) ? 'nobody yet' : word.readers.length > 0 ? 'the program' : 'rules';
  const example = code('example' in word ? (word.isCode ? String(word.example) : shortSourceOf(word.example, 80)) : '');
  const says = meaning === '' ? typeWords(type, sections) : meaning;
  return `| ${partsOf(name)[1]} | ${cell(says)} | ${cell(need)} | ${example} | ${who} |`;
}

/** A section for a type: what it is, where a delivery says it first, and its properties. */
function sectionOf(type: string, words: readonly ModelWord[], sections: ReadonlySet<string>): string {
  const [first] = words;
  const path = first?.path.replace(/\.?[^.]+$/, '') ?? '';
  return [
    `### ${type}\n${first?.of ?? ''}${path === '' ? '' : ` It stands at ${code(path)}.`}`,
    [
      '| property | meaning, or type | default | example | carried out by |',
      '|---|---|---|---|---|',
      ...words.map((word) => lineOf(word, sections)),
    ].join('\n'),
  ].join('\n\n');
}

/** docs/model.md: every word of the delivery model, from the tables, the docstrings, and what the deliveries say. */
export function modelDocument(words: readonly ModelWord[]): string {
  const types = [...new Set(words.map(({ name }) => partsOf(name)[0]))];
  const sections = new Set(types);
  return [
    '# The words of a delivery',
    'Written by `npm run model`; do not edit. A test holds that it is true.',
    'A `project.ts` returns one [Delivery](#delivery); read on from there. Every type has a section, and is linked where a property takes it:\n' +
      `${types.map((type) => typeWords(type, sections)).join(' · ')}.`,
    'Examples are read from deliveries that compile with these types (`test/model`); `…` stands for what is left out.',
    '## Who carries out which word\nA word that nobody carries out yet is refused by `check`, with its place and what to write.',
    ['| table | word | carried out by |', '|---|---|---|', ...tables].join('\n'),
    '## Every property\nA property "of" a word belongs to the member of a union that has this word. Rules read what is a limit, a word to an\nowner, or a part of a word that nobody carries out yet: they refuse, and render nothing.',
    ...types.map((type) =>
      sectionOf(
        type,
        words.filter(({ name }) => partsOf(name)[0] === type),
        sections,
      ),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}
