import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { modelDocument } from '../../scripts/model-document.ts';
import { modelWords } from '../../scripts/model-words.ts';
import { isRefused } from '../../scripts/refused-words.ts';
import { everySystem } from '../model/five-systems/every-system.ts';

/** What is said to the rules alone, and why nothing else has to read it. */
const saidToRules: Readonly<Record<string, string>> = {
  'Policies.privileged': 'an owner says which services may, and a rule that no other does',
  'Builder(kpack).pollMinutes': 'rules ask whoever waits for a patience that covers it',
  'Trigger(artifactPublished).intervalMinutes': 'rules ask that it is as the discovery of the supply',
  'Discovery(registryPoll).attempts': 'rules refuse it',
  'Supply.branchReason': 'an owner says why, and a rule that he does',
  'Gate(none).accepted': 'an owner says to a rule that he knows',
};

/** A stage with words that are read in ways that carry nothing out, and one that the program reads. */
function withMadeUpReaders(): Readonly<Record<string, string>> {
  const text = (path: string): string => readFileSync(path, 'utf8');
  const ways = ['Rule', 'Helper', 'Type', 'Unreached', 'Dropped', 'Judged', 'Program'];
  const reader = (way: string): string => `
export const read${way} = (stage: Stage): unknown => stage.madeUp${way};
`;
  const stage = text('src/model/stage.ts').replace(
    'export interface Stage {',
    `export interface Stage {${ways.map((way) => `\n  readonly madeUp${way}?: string;`).join('')}`,
  );
  return {
    'src/model/stage.ts': `${stage}${reader('Helper')}export type Read = Stage['madeUpType'];`,
    'src/model/rules/promotion/made-up.ts': `import { readHelper, type Stage } from '../../stage.ts';
${reader('Rule')}export const madeUp = (stage: Stage): unknown => [readRule(stage), readHelper(stage)];`,
    'src/model/carried-out/made-up.ts': `import type { Stage } from '../stage.ts';${reader('Judged')}`,
    'src/ops/write/unreached.ts': `import type { Stage } from '../../model/stage.ts';${reader('Unreached')}`,
    'src/model/validation/rules.ts': `${text('src/model/validation/rules.ts')}
import { madeUp } from '../rules/promotion/made-up.ts';
export const more = { madeUp };`,
    'src/cli/main.ts': `${text('src/cli/main.ts')}
import type { Stage } from '../model/stage.ts';
import { readJudged } from '../model/carried-out/made-up.ts';
${reader('Program')}export const dropped = (stage: Stage): unknown => {
  readJudged(stage);
  const { madeUpDropped: _, ...rest } = stage;
  return rest.name;
};`,
  };
}

describe('the properties of the delivery model', () => {
  const words = modelWords({ deliveries: everySystem() });
  const unread = [...new Set(words.flatMap(({ name, readers }) => (readers.length === 0 ? [name] : [])))];

  test('fails for one that nothing outside of rules reads, and no rule refuses', () => {
    expect(unread.filter((name) => !isRefused(name) && !(name in saidToRules))).toEqual([]);
  });

  test('are said to rules alone where the list of those says so', () => {
    expect(Object.keys(saidToRules).filter((name) => !unread.includes(name))).toEqual([]);
  });

  test('are read where the program reads them: a rule, what only rules call, a type, code that nothing reaches and a field that is dropped do not count', () => {
    const madeUp = modelWords({ changed: withMadeUpReaders() }).filter(({ name }) => name.startsWith('Stage.madeUp'));

    expect(madeUp.map(({ name, readers }) => [name, readers])).toEqual([
      ...['Rule', 'Helper', 'Type', 'Unreached', 'Dropped', 'Judged'].map((way) => [`Stage.madeUp${way}`, []]),
      ['Stage.madeUpProgram', ['src/cli/main.ts']],
    ]);
  });

  test('are seen by this test: one that is refused has no reader, one that is rendered has', () => {
    expect(unread).toContain('Write.further');
    expect(unread).not.toContain('Environment.namespace');
  });

  test('fails for one that no delivery of the tests says: it would have no example', () => {
    expect(words.flatMap((word) => ('example' in word ? [] : [word.name]))).toEqual([]);
    expect(modelWords().filter((word) => 'example' in word)).toEqual([]);
  });

  test('fails for one that does not say what it means, and is not of a type that does', () => {
    const explained = new Set(words.map(({ name }) => name.split(/[.(]/)[0] ?? ''));
    const silent = words.filter(({ meaning, type, name }) => {
      const types = type.match(/\b[A-Z]\w+/g) ?? [];
      const isWordOfUnion = /\.(?:kind|on|from)$/.test(name) && /^'\w+'$/.test(type);
      return meaning === '' && !isWordOfUnion && !types.some((it) => explained.has(it));
    });

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('fails for an optional one that does not say what happens without it', () => {
    expect(
      words.flatMap(({ name, isOptional, byDefault }) => (isOptional && byDefault === undefined ? [name] : [])),
    ).toEqual([]);
  });

  test('stand in docs/model.md as the tables, the docstrings and the readers say', () => {
    expect(modelDocument(words)).toBe(readFileSync('docs/model.md', 'utf8'));
  });
});
