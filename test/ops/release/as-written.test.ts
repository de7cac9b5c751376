import { describe, expect, test } from '@jest/globals';
import { readStrictYaml } from '../../../src/model/formats/strict-yaml.ts';
import { ProblemsError } from '../../../src/model/problem.ts';
import { readAsWritten } from '../../../src/ops/release/as-written.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { writeReleaseRecord } from '../../../src/ops/release/write-release-record.ts';
import fc from '../../support/properties.ts';

const commit = '1'.repeat(40);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'yes', '1', '"', '\\', '\\n', 'a: b', '- a', '#', '{}', "it's", 'Jürgen Größe', '\u2028', '\t'),
);
const name = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/), fc.constantFrom('yes', 'null', 'on', '1', 'a b'));
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const release = fc.record({
  images: fc.dictionary(name, fc.record({ repository: text, tag: text, digest: optional(text) }), { maxKeys: 3 }),
  source: optional(fc.record({ repository: text, commit: fc.constant(commit) })),
  gitTag: optional(text),
});

/** Records as they may be, with texts that nobody would write into most of the places. */
const records = fc.record({
  environment: text,
  applications: fc.dictionary(name, release, { maxKeys: 3 }),
  program: fc.record({ commit: optional(text), unmerged: optional(fc.boolean()) }),
  origin: fc.oneof(
    fc.record({ kind: fc.constant('initial') }),
    fc.record({
      kind: fc.constant('promotion'),
      from: fc.array(fc.record({ environment: text, commit: text }), { maxLength: 2 }),
    }),
  ),
  change: fc.record({
    kind: fc.constant('promote'),
    by: text,
    automatic: optional(fc.boolean()),
    at: text,
    follows: optional(fc.record({ release: text, commit: text })),
  }),
  holds: fc.array(
    fc.record({
      kind: fc.constant('rollback'),
      reason: text,
      by: text,
      since: text,
      of: fc.record({ release: text, commit: text, applications: fc.dictionary(name, release, { maxKeys: 2 }) }),
    }),
    { maxLength: 2 },
  ),
}) as unknown as fc.Arbitrary<ReleaseRecord>;

const plain: ReleaseRecord = {
  environment: 'prod',
  applications: {
    shop: {
      images: { orders: { repository: 'acme/orders', tag: 'v1', digest: `sha256:${'1'.repeat(64)}` } },
      source: { repository: 'shop', commit },
    },
    web: { images: {} },
  },
  program: { commit, uncommitted: true },
  origin: { kind: 'promotion', from: [{ environment: 'staging', commit }] },
  change: { kind: 'promote', by: 'Jürgen "J" B\\C', at: '2026-01-31T12:00:00Z', follows: { release: 'v0', commit } },
  holds: [{ kind: 'manual', reason: 'wait', by: 'bob', since: '2026-01-30T12:00:00Z' }],
};

/** What a parser of all of YAML reads; undefined where it refuses. */
function strictly(source: string): unknown {
  try {
    return readStrictYaml('release.yaml', source);
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}

describe('a record read as it is written', () => {
  test('is read at all, so that nobody waits for the slow reader', () => {
    const written = writeReleaseRecord(plain);

    expect(readAsWritten(written)).toEqual(strictly(written));
    expect(readAsWritten(written)).toMatchObject({ environment: 'prod', change: { by: 'Jürgen "J" B\\C' } });
  });

  test('is what every reader of YAML reads, whatever it says', () => {
    fc.assert(
      fc.property(records, (record) => {
        const written = writeReleaseRecord(record);
        const read = readAsWritten(written);

        if (read !== undefined) expect(read).toEqual(strictly(written));
      }),
      { numRuns: 300 },
    );
  });

  test('is left to the strict reader as soon as one character makes it mean something else', () => {
    const written = writeReleaseRecord(plain);
    const pieces = [
      '',
      ' ',
      '  ',
      '\n',
      '- ',
      ': ',
      '"',
      '\\',
      '#',
      '{}',
      '\t',
      'a',
      '&a ',
      '*a',
      '!!str ',
      '\r',
      '[',
      "'",
    ];
    fc.assert(
      fc.property(fc.nat(written.length), fc.constantFrom(...pieces), fc.nat(12), (at, piece, cut) => {
        const changed = `${written.slice(0, at)}${piece}${written.slice(at + cut)}`;
        const read = readAsWritten(changed);

        if (read !== undefined) expect(read).toEqual(strictly(changed));
      }),
      { numRuns: 4000 },
    );
  });

  test.each([
    ['a key that stands there twice', 'a: "1"\na: "2"\n'],
    ['a key that has nothing', 'a:\n'],
    ['a key that some take for a number or a truth', 'yes: "1"\n'],
    ['a line that belongs to nothing', 'a: "1"\n    b: "2"\n'],
    ['a list in the place of a mapping', '- a: "1"\n'],
    ['no line end', 'a: "1"'],
    ['nothing', ''],
    ['plain text', 'a: b\n'],
    ['an escape', 'a: "\\u0041"\n'],
    ['a comment', 'a: "1" # b\n'],
    ['two documents', 'a: "1"\n---\nb: "2"\n'],
  ])('is nothing that it is quick about where it has %s', (_, source) => {
    expect(readAsWritten(source)).toBeUndefined();
  });
});
