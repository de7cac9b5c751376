import { describe, expect, test } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { ageOf } from '../../../src/cli/words/age.ts';
import { describeLeftover } from '../../../src/cli/words/describe-leftover.ts';
import { describeStray } from '../../../src/cli/words/describe-stray.ts';
import {
  describeChanges,
  describeMerge,
  describeWrite,
  summarizeWrite,
} from '../../../src/cli/words/describe-write.ts';
import type { Leftover } from '../../../src/ops/leftovers/leftovers.ts';
import type { Written } from '../../../src/ops/written/written.ts';

const now = new Date('2026-03-01T12:00:00Z');
const commit = 'abcdef0123456789abcdef0123456789abcdef01';

test('an age is told in its largest whole unit, from the moment on at which there is one', () => {
  const ago = (seconds: number): string => ageOf(new Date(now.getTime() - seconds * 1000).toISOString(), now);

  expect([0, 59, 60, 119, 120, 3599, 3600, 7200, 86_399, 86_400, 172_800, -60].map(ago)).toEqual([
    'less than a minute',
    'less than a minute',
    '1 minute',
    '1 minute',
    '2 minutes',
    '59 minutes',
    '1 hour',
    '2 hours',
    '23 hours',
    '1 day',
    '2 days',
    'less than a minute',
  ]);
});

test('what is left over is told with its fate, and with what to type where nobody takes it away', () => {
  const left = (fate: Leftover['fate']): string =>
    describeLeftover(
      { branch: 'promote/dev/x', commit, at: '2026-03-01T11:00:00Z', fate },
      'https://host.example/ops.git',
      now,
    );

  expect(left('removed')).toBe(
    'promote/dev/x at abcdef012345, 1 hour old, has no open pull request; the next write removes it',
  );
  expect(left('awaited')).toBe(
    'promote/dev/x at abcdef012345, 1 hour old, has no open pull request yet; a run may be about to open one',
  );
  expect(left('kept')).toBe(
    'promote/dev/x at abcdef012345, 1 hour old, has no open pull request, and nothing shows that this program made it; if nobody needs it: git push https://host.example/ops.git --delete promote/dev/x',
  );
  expect(left('unknown')).toMatch(
    /^promote\/dev\/x at abcdef012345, 1 hour old; whether it has a pull request is not known: /,
  );
});

test('a stray file is told, and whether the cluster gets it', () => {
  expect(describeStray('notes.txt', ['manifests/x.yaml'])).toBe('notes.txt, which this program never wrote');
  expect(describeStray('manifests/x.yaml', ['manifests/x.yaml'])).toBe(
    'manifests/x.yaml, which this program never wrote and the cluster gets',
  );
});

describe('a write', () => {
  const written = (more: Partial<Written> = {}): Written =>
    ({
      environment: 'dev',
      branch: 'env/dev',
      outcome: 'updated',
      commit,
      release: 'v1',
      added: [],
      changed: [],
      removed: [],
      removals: [],
      foreign: [],
      replaced: [],
      discarded: [],
      notices: [],
      steps: [],
      attempts: 1,
      leftovers: [],
      ...more,
    }) as unknown as Written;

  test('is one line of progress, with as much as there is to count', () => {
    const url = 'https://host.example/pull/1';

    expect(summarizeWrite(written())).toBe('env/dev updated at abcdef012345');
    expect(summarizeWrite(written({ added: ['a'], changed: ['b', 'c'], removed: ['d', 'e', 'f'] }))).toBe(
      'env/dev updated at abcdef012345: 1 new, 2 changed, 3 removed',
    );
    expect(summarizeWrite(written({ outcome: 'created', added: ['a'] }))).toBe(
      'env/dev created at abcdef012345: 1 new',
    );
    expect(summarizeWrite(written({ outcome: 'unchanged', changed: ['b'] }))).toBe(
      'env/dev is as it was, with v1 at abcdef012345',
    );
    expect(summarizeWrite(written({ outcome: 'superseded', supersededBy: 'dev runs v2' }))).toBe(
      'superseded: dev runs v2',
    );
    expect(summarizeWrite(written({ outcome: 'superseded' }))).toBe('superseded: something newer is there');
    expect(
      summarizeWrite(
        written({ outcome: 'proposed', removed: ['d'], pullRequest: { url } } as unknown as Partial<Written>),
      ),
    ).toBe(`proposed for env/dev: 1 removed; ${url}`);
    expect(describeMerge(written({ pullRequest: { url } } as unknown as Partial<Written>))).toBe(
      `Merge ${url} to let it in.`,
    );
    expect(describeMerge(written())).toBe('Merge the pull request to let it in.');
  });

  test('names everything that a person must know, and nothing where nothing is', () => {
    const everything = written({
      removals: [{ object: 'Service/a' }],
      foreign: ['notes.txt'],
      replaced: ['manifests'],
      discarded: [{ path: 'release.yaml' }],
      leftovers: ['promote/dev/x'],
      attempts: 2,
      notices: ['bootstrap/ is new'],
    } as unknown as Partial<Written>);
    const changes = [
      'dev: removed Service/a',
      'dev: left alone notes.txt, which this program never wrote',
      'dev: replaced manifests, which this program never wrote',
      'dev: overwrote the edit of release.yaml',
      'dev: removed the branch promote/dev/x, which no open pull request was of',
      'dev: others wrote at the same time; decided 2 times',
    ];

    expect(describeChanges(everything).map(plain)).toEqual(changes);
    expect(describeWrite(everything).map(plain)).toEqual([...changes, 'dev: note bootstrap/ is new']);
    expect(describeWrite(written())).toEqual([]);
  });
});

/** Without colours. */
const plain = (text: string): string => stripVTControlCharacters(text);
