import { describe, expect, test } from '@jest/globals';
import { readStrictYaml } from '../../../src/model/formats/strict-yaml.ts';
import { ProblemsError } from '../../../src/model/problem.ts';
import { parseSettings } from '../../../src/model/settings/settings.ts';
import { readBranchIndex, writeBranchIndex } from '../../../src/ops/release/branch-index.ts';
import { fileDigest } from '../../../src/ops/release/file-digest.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { writeReleaseRecord } from '../../../src/ops/release/write-release-record.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';
import { yardsOf } from '../../support/yards.ts';

const record = (images: number): ReleaseRecord => ({
  environment: 'prod',
  applications: {
    shop: {
      images: Object.fromEntries(
        Array.from({ length: images }, (_, i) => [
          `service-${i}`,
          { repository: `acme/service-${i}`, tag: 'v1.2.0', digest: `sha256:${'1'.repeat(64)}` },
        ]),
      ),
      source: { repository: 'shop', commit: '1'.repeat(40) },
    },
  },
  program: { commit: '2'.repeat(40) },
  origin: { kind: 'build' },
  change: { kind: 'promote', by: 'alice', at: '2026-01-31T12:00:00Z' },
  holds: [{ kind: 'manual', reason: 'wait', by: 'bob', since: '2026-01-30T12:00:00Z' }],
});

const files: Readonly<
  Record<string, { readonly text: string; readonly read: (text: string) => unknown; readonly times: number }>
> = {
  'release.yaml': { text: writeReleaseRecord(record(3)), read: (text) => readReleaseRecord(text), times: 400 },
  'index.json': {
    text: writeBranchIndex({
      project: 'shop',
      environment: 'prod',
      files: { 'release.yaml': fileDigest('a') },
      secrets: { 'prod/db': ['PASSWORD'] },
      objects: {
        'manifests/shop/service.a.yaml': {
          apiVersion: 'v1',
          kind: 'Service',
          name: 'a',
          construct: 'prod/shop/a',
          digest: fileDigest('a'),
        },
      },
    }),
    read: (text) => readBranchIndex(text),
    times: 900,
  },
  'Pulumi.prod.yaml': {
    text: 'config:\n  kubernetes:context: k3d\n  portolan:host: orders.example.com\n  portolan:replicas:\n    orders: 6\n',
    read: (text) =>
      parseSettings({
        platform: {
          config: {
            'portolan:opsRepository': 'https://github.com/acme/shop-ops.git',
          },
        },
        prod: readStrictYaml('Pulumi.prod.yaml', text),
      }),
    times: 550,
  },
};

/** One thing that goes wrong with a text at a place in it. */
type Mutation = (text: string, at: number) => string;

const inserted =
  (what: string | ((at: number) => string)): Mutation =>
  (text, at) =>
    `${text.slice(0, at)}${typeof what === 'string' ? what : what(at)}${text.slice(at)}`;

/** Deep, long, doubled, cut, retyped, of another encoding, with keys that mean something to JavaScript. */
const small: readonly Mutation[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text + text.slice(0, at),
  (text, at) => `${text.slice(0, at)}${text.slice(at + 7)}`,
  (text, at) => Buffer.from(Buffer.from(text).fill(0xff, at, at + 1)).toString('utf8'),
  (text) => `\uFEFF${text}`,
  (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  (text) => text.replaceAll('\n', '\r\n'),
  ...[
    '\t',
    '\0',
    '&a ',
    '*a ',
    '!!set ',
    '"',
    "'",
    '|\n',
    '>',
    '#',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '- ',
    '? ',
    ': ',
  ].map((what) => inserted(what)),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((key) => [
    inserted(`\n${key}: 1\n`),
    inserted(`\n    ${key}: {polluted: true}\n`),
    inserted(`"${key}": {"polluted": true},`),
  ]),
  ...['01', '1_000', '2026-01-05', 'null', '~', '.inf', 'yes', '1e999', '{}', '[]'].map((what) => inserted(what)),
];

const large: readonly Mutation[] = [
  ...[1_000, 9_000, 60_000, 400_000].flatMap((count) => [
    inserted('['.repeat(count)),
    inserted('{"a":'.repeat(count)),
    inserted('- '.repeat(count)),
    inserted('? '.repeat(count)),
    inserted(','.repeat(count)),
    inserted('\n'.repeat(count)),
    inserted('"'.repeat(count)),
    inserted('a'.repeat(count)),
    inserted('\n# x'.repeat(count)),
  ]),
  ...[300, 3_000, 30_000].flatMap((count) => [
    inserted(`\n${Array.from({ length: count }, (_, i) => `key${i}: "x"\n`).join('')}`),
    inserted(Array.from({ length: count }, (_, i) => `"key${i}": "x",\n`).join('')),
    inserted(`\na: &a [x]\n${Array.from({ length: count }, (_, i) => `b${i}: &b${i} [*a, *a]\n`).join('')}`),
    inserted(`\n${'same: 1\n'.repeat(count)}`),
  ]),
];

/** Yards of work for reading any file, which an idle machine does in a second and a half. */
const bar = 30;

/** How a file is answered: its value, or a sentence; anything else is thrown on. */
function answer(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.message;
  }
}

const mutation = (kinds: readonly Mutation[]): fc.Arbitrary<readonly [Mutation, number]> =>
  fc.tuple(fc.constantFrom(...kinds), fc.double({ min: 0, max: 1, noNaN: true }));

/** Reads a file that these happened to, and says how long it took and what came of it. */
function reading(name: string, mutations: readonly (readonly [Mutation, number])[]): void {
  const { text = '', read = String } = files[name] ?? {};
  const mutated = mutations.reduce((so, [mutate, where]) => mutate(so, Math.floor(so.length * where)), text);
  let said = '';
  const yards = yardsOf(() => {
    said = answer(() => read(mutated));
  }, bar);
  expect(yards).toBeLessThan(bar);
  if (said !== 'read') expect(said).toMatch(/^portolan: .+ is not valid \(\d+ problems?\)\n {2}\S/);
  expect(said.split('\n').length).toBeLessThanOrEqual(52);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

describe('files that somebody mutated', () => {
  for (const name of Object.keys(files)) {
    test(`${name} is read whole, as it is`, () => {
      expect(answer(() => files[name]?.read(files[name].text))).toBe('read');
    });

    test(`${name} with a few small things wrong ends soon, in a sentence`, () => {
      fc.assert(
        fc.property(fc.array(mutation(small), { minLength: 1, maxLength: 3 }), (mutations) => {
          reading(name, mutations);
        }),
        { numRuns: files[name]?.times ?? 0 },
      );
    });

    test(`${name} of any size and depth ends soon, in a sentence`, () => {
      fc.assert(
        fc.property(mutation(large), mutation([...small, (text) => text]), (big, little) => {
          reading(name, [big, little]);
        }),
        { numRuns: 50 },
      );
    });
  }

  test.each([1_000, 3_000])(
    'a release with %d keys that it does not know names fifty, and counts the rest',
    (count) => {
      const source = `${writeReleaseRecord(record(1))}${Array.from({ length: count }, (_, i) => `k${i}: 1\n`).join('')}`;
      let said = '';
      const yards = yardsOf(() => {
        said = answer(() => readReleaseRecord(source));
      }, bar);

      expect(yards).toBeLessThan(bar);
      expect(said).toContain(`portolan: release.yaml is not valid (${count} problems)\n`);
      expect(said).toContain('k0 is not a field of a release; remove it, got 1\n');
      expect(said.split('\n').at(-1)).toBe(`  and ${count - 50} more`);
    },
  );

  test('a release of five hundred images is read as it was written', () => {
    const large = record(500);

    expect(readReleaseRecord(writeReleaseRecord(large))).toEqual(large);
  });

  test('fails on a name that every object of JavaScript has', () => {
    const source = writeReleaseRecord(record(1)).replace('service-0:', 'constructor:');

    expect(answer(() => readReleaseRecord(source))).toContain('must be a name, and none that JavaScript uses itself');
  });

  test('fails on bytes that are not UTF-8, which would be read as others', () => {
    const source = writeReleaseRecord(record(1)).replace('alice', 'al\uFFFDce');

    expect(answer(() => readReleaseRecord(source))).toBe(
      'portolan: release.yaml is not valid (1 problem)\n  release.yaml:19: is not UTF-8 text; save it as UTF-8',
    );
  });
});
