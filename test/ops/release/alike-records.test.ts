import { describe, expect, test } from '@jest/globals';
import { alikeRecords } from '../../../src/ops/release/alike-records.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import type { Hold, Origin, ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { writeReleaseRecord } from '../../../src/ops/release/write-release-record.ts';
import fc from '../../support/properties.ts';

const commit = fc.nat(9).map((digit) => String(digit).repeat(40));
const line = fc.constantFrom('alice', 'Jürgen', 'it is late', 'a "b"', 'back\\slash', '', '1', 'yes');
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const time = fc.nat(59).map((second) => `2026-01-31T12:00:${String(second).padStart(2, '0')}Z`);
const release = fc.record({
  images: fc.dictionary(
    fc.constantFrom('orders', 'web', 'yes'),
    fc.record({ repository: fc.constantFrom('acme/orders', 'acme/web'), tag: fc.constantFrom('v1', 'v2') }),
    { maxKeys: 2 },
  ),
  source: optional(fc.record({ repository: fc.constant('shop'), commit })),
  gitTag: optional(line),
});
const state = fc.record({ release: line, commit });
const holds: fc.Arbitrary<Hold> = fc.oneof(
  fc.record({ kind: fc.constant('manual' as const), reason: line, by: line, since: time }),
  fc.record({
    kind: fc.constant('rollback' as const),
    reason: line,
    by: line,
    since: time,
    of: fc.record({ release: line, commit, applications: fc.dictionary(fc.constant('shop'), release) }),
  }),
) as fc.Arbitrary<Hold>;
const origins: fc.Arbitrary<Origin> = fc.oneof(
  fc.constantFrom<Origin>({ kind: 'initial' }, { kind: 'build' }),
  fc.record({
    kind: fc.constant('promotion' as const),
    from: fc.array(fc.record({ environment: line, commit }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('moved' as const), by: line, commit }),
  fc.record({ kind: fc.constant('rollback' as const), to: state }),
);

/** Files of one branch: much the same, now and then with something more, and each text another. */
const records = fc.record({
  environment: fc.constant('prod'),
  applications: fc.dictionary(fc.constantFrom('shop', 'web'), release, { maxKeys: 2 }),
  program: fc.record({ commit: optional(commit), unmerged: optional(fc.boolean()) }),
  origin: origins,
  change: fc.record({
    kind: fc.constantFrom('publish' as const, 'promote' as const),
    by: line,
    automatic: optional(fc.boolean()),
    at: time,
    follows: optional(state),
  }),
  holds: fc.array(holds, { maxLength: 1 }),
}) as unknown as fc.Arbitrary<ReleaseRecord>;

/** A file as it was written, or with a piece of it that somebody changed. */
const files = fc.oneof(
  { weight: 3, arbitrary: records.map(writeReleaseRecord) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        records,
        fc.nat(2000),
        fc.nat(6),
        fc.constantFrom('', '"', '\\', '\n', ' ', 'a', '1', 'kind', '\u2028', '# '),
      )
      .map(([record, at, cut, piece]) => {
        const written = writeReleaseRecord(record);
        const place = at % written.length;
        return `${written.slice(0, place)}${piece}${written.slice(place + cut)}`;
      }),
  },
);

/** What a reader says, with the order of its keys; or what it complains of. */
function saidBy(read: typeof readReleaseRecord, text: string): string {
  try {
    return JSON.stringify(read(text, 'release.yaml'));
  } catch (error) {
    return String(error);
  }
}

const plain = (tag: string, change: Partial<ReleaseRecord['change']> = {}): ReleaseRecord => ({
  environment: 'prod',
  applications: { shop: { images: { orders: { repository: 'acme/orders', tag } } } },
  program: {},
  origin: { kind: 'build' },
  change: { kind: 'promote', by: 'alice', at: '2026-01-31T12:00:00Z', ...change },
  holds: [],
});

describe('many records that are alike', () => {
  test('are read as each by itself, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(files, { minLength: 2, maxLength: 12 }), (texts) => {
        const read = alikeRecords();
        // Twice: what was learnt of a file is used on it, too.
        for (const text of [...texts, ...texts]) expect(saidBy(read, text)).toBe(saidBy(readReleaseRecord, text));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['a text that may not stand there', writeReleaseRecord(plain('v1', { at: 'yesterday' }))],
    ['a tag that is none', writeReleaseRecord(plain('no tag'))],
    ['another kind of origin, which needs more', writeReleaseRecord(plain('v1')).replace('"build"', '"moved"')],
    ['a version that nobody reads', writeReleaseRecord(plain('v1')).replace('portolan/v1', 'portolan/v9')],
  ])('are refused each in its own words where one has %s', (_, text) => {
    const read = alikeRecords();
    read(writeReleaseRecord(plain('v1')));
    read(writeReleaseRecord(plain('v2')));

    expect(saidBy(read, text)).toMatch(/release\.yaml/);
    expect(saidBy(read, text)).toBe(saidBy(readReleaseRecord, text));
  });

  test('share nothing that one could change in the other', () => {
    const read = alikeRecords();
    const first = read(writeReleaseRecord(plain('v1')));
    const [second, third] = [read(writeReleaseRecord(plain('v2'))), read(writeReleaseRecord(plain('v2')))];

    expect(second).toEqual(third);
    expect(second.applications['shop']).not.toBe(third.applications['shop']);
    expect([first, second].map((it) => it.applications['shop']?.images['orders']?.tag)).toEqual(['v1', 'v2']);
  });
});
