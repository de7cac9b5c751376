import { describe, expect, test } from '@jest/globals';
import type { Release } from '../../../src/model/release.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import { FIRST, judgeEntry } from '../../../src/ops/promote/judge-entry.ts';
import type { Ancestry, Relation } from '../../../src/ops/program/ancestry.ts';
import type { Hold, ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const [one, two] = ['1', '2'].map((digit) => digit.repeat(40)) as [string, string];
const [mine, recorded] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];

const release = (commit: string): Release => ({
  images: {
    orders: { repository: 'acme/orders', tag: commit },
    payments: { repository: 'acme/payments', tag: commit },
  },
  source: { repository: 'shop', commit },
});
const always = (relation: Relation): Ancestry => ({ relate: () => Promise.resolve(relation) });
const hold: Hold = { kind: 'manual', reason: 'the sale is on', by: 'bob', since: '2026-01-01T00:00:00Z' };

interface Case {
  /** How the release stands to the one that runs. @default - it is the one that runs */
  readonly source?: Relation;
  /** How this program stands to the one that rendered the branch. @default 'same' */
  readonly program?: Relation;
  readonly noProgram?: true;
  readonly noRecord?: true;
  readonly holds?: readonly Hold[];
  readonly allowOlder?: true;
  readonly allowOlderProgram?: true;
}

/** What is said of a release that would enter dev. */
function judged({ source, program = 'same', noProgram, noRecord, holds = [], ...allowances }: Case) {
  const delivery = validDelivery();
  const [stage] = delivery.stages;
  if (stage === undefined) throw new Error('the valid delivery has a stage');
  const before: ReleaseRecord = {
    environment: 'dev',
    applications: { shop: release(one) },
    program: noRecord ? {} : { commit: recorded },
    origin: { kind: 'build' },
    change: { kind: 'publish', by: 'ann', at: '2026-01-01T00:00:00Z' },
    holds,
  };
  return judgeEntry(
    {
      delivery,
      unit: unitOf(delivery, { environment: 'dev' }),
      stage: { ...stage, versions: { kind: 'gitSha' } },
      release: release(source === undefined ? one : two),
      program: { ...(noProgram ? {} : { commit: mine }), uncommitted: false, merged: true, ancestry: always(program) },
      requester: { actor: 'ann' },
      sources: always(source ?? 'same'),
    },
    release(one),
    before,
    allowances,
  );
}

describe('a release that would replace what runs', () => {
  test('may, when it is newer, and ends the holds of a person who brings it', async () => {
    expect(await judged({ source: 'newer', holds: [hold] })).toEqual({ isSame: false, refusals: [], holds: [] });
  });

  test('is superseded when it is older, unless that is allowed', async () => {
    expect(await judged({ source: 'older', holds: [hold] })).toEqual({
      isSame: false,
      supersededBy: 'dev runs 111111111111 already: 222222222222 is older than 111111111111 (orders, payments)',
      refusals: [],
      holds: [hold],
    });
    expect(await judged({ source: 'older', allowOlder: true })).toEqual({ isSame: false, refusals: [], holds: [] });
  });

  test('fails when nobody knows whether it is newer, or when it is neither, unless that is allowed', async () => {
    for (const [relation, code] of [
      ['unknown', 'unknown-ancestry'],
      ['diverged', 'older-release'],
    ] as const) {
      const entry = await judged({ source: relation });

      expect(entry.refusals.map((refusal) => refusal.code)).toEqual([code]);
      expect(entry.refusals[0]?.next).toMatch(/--allow-older$/);
      expect((await judged({ source: relation, allowOlder: true })).refusals).toEqual([]);
    }
  });

  test('fails beside a hold that it does not end', async () => {
    const { refusals, holds } = await judged({ source: 'unknown', holds: [hold] });

    expect(refusals.map(({ code }) => code)).toEqual(['unknown-ancestry', 'held']);
    expect(holds).toEqual([hold]);
  });
});

describe('the release that runs already', () => {
  const unchanged = { isSame: true, refusals: [], holds: [] };
  const superseded = {
    isSame: true,
    supersededBy: 'dev runs 111111111111 already, rendered by the newer program bbbbbbbbbbbb',
    refusals: [],
    holds: [],
  };

  test('is superseded where a newer program rendered it, unless an older one is allowed', async () => {
    expect(await judged({ program: 'older' })).toEqual(superseded);
    expect(await judged({ program: 'older', allowOlderProgram: true })).toEqual(unchanged);
  });

  test('is there to be rendered again by any other program, and where one of the two is not known', async () => {
    for (const program of ['same', 'newer', 'diverged', 'unknown'] as const)
      expect(await judged({ program })).toEqual(unchanged);
    expect(await judged({ program: 'older', noProgram: true })).toEqual(unchanged);
    expect(await judged({ program: 'older', noRecord: true })).toEqual(unchanged);
  });

  test('is of the same order however it stands, and only a newer program counts against it', async () => {
    expect(await judged({ source: 'newer', program: 'older' })).toEqual({ isSame: false, refusals: [], holds: [] });
  });
});

test('where nothing runs, everything may enter', () => {
  expect(FIRST).toEqual({ isSame: false, refusals: [], holds: [] });
});
