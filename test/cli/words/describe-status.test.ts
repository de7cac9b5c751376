import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { describeStatus, type Live } from '../../../src/cli/words/describe-status.ts';
import type { LiveApplication } from '../../../src/engines/live-application.ts';
import type { PublishedStatus, UnitStatus } from '../../../src/ops/status/read-status.ts';

const commit = 'a'.repeat(40);
const least: PublishedStatus = {
  commit,
  release: 'v1.0.0',
  since: '2026-01-31T10:00:00Z',
  by: 'ann',
  holds: [],
  edits: [],
  strays: [],
  applied: [],
  rendering: { differing: [] },
};
const unit: UnitStatus = { environment: 'prod', branch: 'env/prod', published: least, waiting: [], leftovers: [] };
const said = (status: Partial<UnitStatus> = {}, live: Live = { notAsked: 'not asked' }, tagOption = ''): string[] =>
  describeStatus({ ...unit, ...status }, live, {
    now: new Date('2026-01-31T12:00:00Z'),
    tagOption,
    repository: 'ops.git',
  }).map((line) => stripVTControlCharacters(line));
const saidOf = (published: Partial<PublishedStatus>): string[] => said({ published: { ...least, ...published } });

const start = [
  'prod',
  '  release   v1.0.0, for 2 hours, by ann',
  '  branch    env/prod at aaaaaaaaaaaa, as this program renders it',
];
const end = ['  live      not asked', ''];

describe('what is said of a unit', () => {
  test('is its release and its branch, and nothing that there is not', () => {
    expect(said()).toEqual([...start, ...end]);
  });

  test('of a branch that cannot be read is why, line by line', () => {
    expect(said({ unreadable: 'it names no commit\n  next: mend it' })).toEqual([
      'prod',
      '  unreadable it names no commit',
      '  unreadable next: mend it',
      '',
    ]);
  });

  test('of a branch without anything on it is the command that publishes', () => {
    const { published: _, ...bare } = unit;

    expect(
      describeStatus(bare, { notAsked: '' }, { now: new Date(0), tagOption: '', repository: '' }).slice(1),
    ).toEqual(['  release   nothing is published on env/prod yet: npx portolan publish prod', '']);
  });

  test('names the application where there are several', () => {
    expect(said({ application: 'shop' })[0]).toBe('prod/shop');
  });

  test('says what the release was built from, unless that is its name', () => {
    const source = 'b'.repeat(40);

    expect(saidOf({ source })[1]).toBe('  release   v1.0.0, for 2 hours, by ann, built from bbbbbbbbbbbb');
    expect(saidOf({ source, release: 'b'.repeat(12) })[1]).toBe('  release   bbbbbbbbbbbb, for 2 hours, by ann');
    expect(saidOf({ sources: { bank: 'c'.repeat(40), shop: source } })[1]).toBe(
      '  release   v1.0.0, for 2 hours, by ann, built from bank cccccccccccc and shop bbbbbbbbbbbb',
    );
  });

  test.each([
    [{ differing: ['a.yaml'] }, '1 file differs from what this program renders: npx portolan diff prod'],
    [{ differing: ['a', 'b'] }, '2 files differ from what this program renders: npx portolan diff prod'],
    [
      { impossible: 'portolan: the delivery is not valid (2 problems)\n  one\n  two' },
      'this program cannot render it: the delivery is not valid (2 problems)   one',
    ],
  ])('says how the program stands to the branch: %j', (rendering, words) => {
    expect(saidOf({ rendering })[2]).toBe(`  branch    env/prod at aaaaaaaaaaaa, ${words}`);
  });

  test.each<[string, Partial<PublishedStatus>, string[]]>([
    ['emergency', { emergency: 'the shop was down' }, ['  emergency the shop was down']],
    [
      'holds',
      { holds: [{ kind: 'manual', reason: 'the sale is on', by: 'bea', since: '2026-01-31T11:30:00Z' }] },
      ['  held      the sale is on (bea, 30 minutes ago); to let go: npx portolan unhold prod'],
    ],
    [
      'edits',
      {
        edits: [
          { path: 'a.yaml', what: 'deleted' },
          {
            path: 'b.yaml',
            what: 'changed',
            by: { commit: 'c'.repeat(40), author: 'Cy <cy@acme.example>', at: '2026-01-31T11:00:00Z' },
          },
        ],
      },
      ['  edited    a.yaml deleted', '  edited    b.yaml changed by Cy <cy@acme.example> in cccccccccccc'],
    ],
    [
      'charts',
      {
        charts: [
          {
            artifact: 'web',
            reference: 'acme/web:1.0.0',
            digest: `sha256:${'a'.repeat(64)}`,
            found: { digest: `sha256:${'b'.repeat(64)}` },
          },
          {
            artifact: 'api',
            reference: 'acme/api:1.0.0',
            digest: `sha256:${'a'.repeat(64)}`,
            found: { digest: `sha256:${'a'.repeat(64)}` },
          },
        ],
      },
      [
        '  chart     acme/web:1.0.0 is sha256:bbbbbbbbbbbb in the registry now, and sha256:aaaaaaaaaaaa in the release: it was pushed again, and the engine fetches what is there',
      ],
    ],
    [
      'strays',
      { strays: ['notes.txt', 'x.yaml'], applied: ['x.yaml'] },
      [
        '  stray     notes.txt, which this program never wrote',
        '  stray     x.yaml, which this program never wrote and the cluster gets',
      ],
    ],
  ])('has a line for each of its %s, between the branch and what is live', (_, published, lines) => {
    expect(saidOf(published)).toEqual([...start, ...lines, ...end]);
  });

  test('has a line for each release that waits, each open pull request and each branch left over', () => {
    const waiting = [{ environment: 'dev', release: 'v1.1.0' }];
    const pullRequests = [{ number: 7, url: 'https://git.example/7', head: 'promote/prod/v1.1.0', base: 'env/prod' }];
    const leftovers = [
      { branch: 'promote/prod/v0', commit: 'd'.repeat(40), at: '2026-01-30T12:00:00Z', fate: 'removed' as const },
    ];
    const left =
      '  left over promote/prod/v0 at dddddddddddd, 1 day old, has no open pull request; the next write removes it';

    expect(said({ waiting, pullRequests, leftovers }, undefined, ' --git-tag TAG')).toEqual([
      ...start,
      '  waiting   dev runs v1.1.0: npx portolan promote prod --from dev --git-tag TAG',
      '  open      https://git.example/7 (promote/prod/v1.1.0)',
      left,
      ...end,
    ]);
    expect(said({ unreadable: 'why', leftovers })).toEqual(['prod', '  unreadable why', left, '']);
  });
});

describe('what is said of what is live', () => {
  const well: LiveApplication = { name: 'shop-prod', sync: 'Synced', health: 'Healthy', ailments: [] };
  const nothing = { pending: [], lacking: [], steps: [] };
  const live = (application: Partial<LiveApplication>, bootstrap: object = {}): string[] =>
    said({}, { applications: [{ ...well, ...application }], ...nothing, ...bootstrap })
      .slice(start.length, -1)
      .map((line) => line.replace('  live      ', ''));

  test.each<[Partial<LiveApplication>, string]>([
    [{}, 'shop-prod: Synced, Healthy'],
    [{ revision: commit }, 'shop-prod: Synced, Healthy at this commit'],
    [{ revision: 'e'.repeat(40) }, 'shop-prod: Synced, Healthy at eeeeeeeeeeee'],
    [{ operation: 'Succeeded' }, 'shop-prod: Synced, Healthy'],
    [{ operation: 'Running' }, 'shop-prod: Synced, Healthy, operation Running'],
    [{ health: 'Degraded', message: 'no room' }, 'shop-prod: Synced, Degraded: no room'],
  ])('of an application is how it is: %j', (application, words) => {
    expect(live(application)).toEqual([words]);
  });

  test('names what ails, with what to type where something helps', () => {
    const ailments = [
      { object: 'Pod/a', message: 'restarts', next: 'look at its log' },
      { object: 'Pod/b', message: 'waits' },
    ];

    expect(live({ ailments })).toEqual([
      'shop-prod: Synced, Healthy',
      'Pod/a: restarts; look at its log',
      'Pod/b: waits',
    ]);
  });

  test('names what of bootstrap is pending with the line that mends it, and the steps in their order', () => {
    expect(live({}, { pending: ['AppProject/shop', 'Application/shop'], steps: ['first this', 'then that'] })).toEqual([
      'shop-prod: Synced, Healthy',
      'bootstrap pending: AppProject/shop, Application/shop; pulumi up --stack prod, or apply bootstrap/ of the branch env/prod',
      'first this',
      'then that',
    ]);
  });
});
