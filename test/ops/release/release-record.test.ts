import { describe, expect, test } from '@jest/globals';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import { wholeRelease, type ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { writeReleaseRecord } from '../../../src/ops/release/write-release-record.ts';
import fc from '../../support/properties.ts';

const sha = (digit: string): string => digit.repeat(40);

/** Every field there is. */
const full: ReleaseRecord = {
  environment: 'prod',
  applications: {
    shop: {
      images: {
        orders: { repository: 'registry.example:5000/acme/orders', tag: 'v1.2.0', digest: `sha256:${'1'.repeat(64)}` },
      },
      source: { repository: 'shop', commit: sha('1') },
      gitTag: 'v1.2.0',
    },
  },
  program: { commit: sha('2'), unmerged: true, uncommitted: true },
  origin: { kind: 'rollback', to: { release: 'v1.2.0', commit: sha('3') } },
  change: {
    kind: 'rollback',
    by: 'alice',
    automatic: true,
    run: 'https://ci.example/1',
    at: '2026-01-31T12:00:00Z',
    follows: { release: 'v1.3.0', commit: sha('4') },
    emergency: 'the shop is down',
  },
  holds: [
    { kind: 'manual', reason: 'wait: "freeze"', by: 'bob', since: '2026-01-30T12:00:00Z' },
    {
      kind: 'rollback',
      reason: 'rolled back',
      by: 'alice',
      since: '2026-01-31T12:00:00Z',
      of: { release: 'v1.3.0', commit: sha('4'), applications: { shop: { images: {} } }, program: sha('2') },
    },
  ],
};

const problems = (source: string): string => {
  try {
    readReleaseRecord(source);
    return 'no problem';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('release.yaml', () => {
  test('is read as it was written, with every field', () => {
    expect(readReleaseRecord(writeReleaseRecord(full))).toEqual(full);
  });

  test('gives the same bytes whatever order the record was made in', () => {
    const turned = Object.fromEntries(Object.entries(full).reverse()) as unknown as ReleaseRecord;

    expect(writeReleaseRecord(turned)).toBe(writeReleaseRecord(full));
  });

  test('reads like this', () => {
    const { environment, applications, change } = full;

    expect(
      writeReleaseRecord({
        environment,
        applications,
        program: { commit: sha('2') },
        origin: { kind: 'build' },
        change: { kind: 'promote', by: change.by, at: change.at },
        holds: [],
      }),
    ).toBe(
      `apiVersion: "portolan/v1"
environment: "prod"
applications:
  shop:
    images:
      orders:
        repository: "registry.example:5000/acme/orders"
        tag: "v1.2.0"
        digest: "sha256:${'1'.repeat(64)}"
    source:
      repository: "shop"
      commit: "${sha('1')}"
    gitTag: "v1.2.0"
program:
  commit: "${sha('2')}"
origin:
  kind: "build"
change:
  kind: "promote"
  by: "alice"
  at: "2026-01-31T12:00:00Z"
`,
    );
  });

  test('keeps texts that YAML readers like to retype, whatever they are', () => {
    const text = fc.oneof(
      fc.constantFrom(
        '1111111111',
        '12:30:45',
        'yes',
        '1e3',
        '0x1f',
        'null',
        '~',
        '#',
        '- a',
        '&a',
        '*a',
        '<<',
        '__proto__',
      ),
      fc.string({ maxLength: 30, unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(text, text, (reason, actor) => {
        fc.pre(!/\p{Cc}/u.test(`${reason}${actor}`));
        const record: ReleaseRecord = {
          ...full,
          holds: [{ kind: 'manual', reason, by: actor, since: '2026-01-30T12:00:00Z' }],
        };
        expect(readReleaseRecord(writeReleaseRecord(record))).toEqual(record);
      }),
    );
  });

  test('shows several applications as one release, with the source that they agree on', () => {
    const shop = {
      images: { orders: { repository: 'acme/orders', tag: 'a' } },
      source: { repository: 'shop', commit: sha('1') },
      gitTag: 'v1',
    };
    const bank = {
      images: { bank: { repository: 'acme/bank', tag: 'b' } },
      source: { repository: 'shop', commit: sha('1') },
      gitTag: 'v2',
    };

    expect(wholeRelease({ shop, bank })).toEqual({ images: { ...shop.images, ...bank.images }, source: shop.source });
  });
});

describe('release.yaml fails', () => {
  const good = writeReleaseRecord(full);

  test('fails on unknown keys, wrong types and wrong values, all at once, each with its line', () => {
    const bad = good
      .replace('environment: "prod"', 'environment: 7')
      .replace('tag: "v1.2.0"', 'tag: "v 1"')
      .replace('gitTag: "v1.2.0"', 'gitTag: "v1.2.0"\n    extra: true');

    expect(problems(bad)).toBe(
      'portolan: release.yaml is not valid (3 problems)\n' +
        '  release.yaml:2:14: environment must be a text, got 7\n' +
        '  release.yaml:8:14: applications.shop.images.orders.tag must be an image tag, got "v 1"\n' +
        '  release.yaml:14:12: applications.shop.extra is not a field of a release; remove it, got true',
    );
  });

  test('fails on a duplicate key', () => {
    expect(problems(`${good}environment: "dev"\n`)).toContain('this key stands here a second time; keep one of them');
  });

  test('fails on an alias bomb without expanding it', () => {
    const bomb = [
      'a: &a ["x","x"]',
      ...'bcdefghijklmnop'
        .split('')
        .map((key, i) => `${key}: &${key} [*${'abcdefghijklmnop'.charAt(i)},*${'abcdefghijklmnop'.charAt(i)}]`),
    ].join('\n');

    expect(problems(bomb)).toContain('release.yaml:2:8: aliases are not allowed; write the value instead of *a');
  });

  test('fails on nesting that would exhaust the stack', () => {
    expect(problems('['.repeat(100_000))).toMatch(/release\.yaml/);
  });

  test('fails on a file that is no release at all', () => {
    expect(problems('- 1\n')).toBe(
      'portolan: release.yaml is not valid (1 problem)\n' +
        '  release.yaml:1:1: apiVersion must be one that this program reads: portolan/v1; a newer one needs a newer Portolan, got null',
    );
    expect(problems('')).toContain('apiVersion must be one that this program reads');
    expect(problems('x'.repeat(1_000_001))).toContain('is too large to be a release');
  });

  test('fails on a version that a newer program wrote', () => {
    expect(problems(good.replace('portolan/v1', 'portolan/v2'))).toContain(
      'apiVersion must be one that this program reads: portolan/v1; a newer one needs a newer Portolan, got "portolan/v2"',
    );
  });

  test('fails on a line feed inside a reason, which could forge a line of a commit message', () => {
    expect(problems(good.replace('reason: "rolled back"', 'reason: "a\\nRun: b"'))).toContain(
      'must be one line of text',
    );
  });
});

test.each([
  ['acme//orders', 'v1'],
  ['Acme/orders', 'v1'],
  ['acme/orders-', 'v1'],
  ['acme/orders', 'v1+build'],
])('fails to read an image that no runtime reads: %s:%s', (repository, tag) => {
  const text = writeReleaseRecord({ ...full, applications: { shop: { images: { orders: { repository, tag } } } } });

  expect(() => readReleaseRecord(text)).toThrow(/must be an image (repository|tag)/);
});
