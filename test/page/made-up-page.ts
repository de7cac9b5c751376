import type { HistoryLine } from '../../src/ops/history/history-line.ts';
import type { PageState, UnitState } from '../../src/page/page-state.ts';

/** A state of a made-up branch. */
export const state = (
  change: HistoryLine['change'],
  at: string,
  to: string,
  rest: Partial<HistoryLine> = {},
): HistoryLine => ({
  commit: `${change}${to}${at}`
    .replaceAll(/[^0-9a-z]/g, '')
    .padEnd(40, '0')
    .slice(0, 40),
  at,
  change,
  to,
  by: 'alice',
  automatic: false,
  origin: { kind: 'build' },
  holds: [],
  ...rest,
});

/** A unit with these states, given oldest first; each follows the one before. */
export function unit(environment: string, oldestFirst: readonly HistoryLine[], application?: string): UnitState {
  const states = oldestFirst.map((it, i) => {
    const before = oldestFirst[i - 1];
    return before === undefined || it.from !== undefined ? it : { ...it, from: before.to };
  });
  const newest = states.at(-1);
  return {
    status: {
      environment,
      ...(application === undefined ? {} : { application }),
      branch: application === undefined ? `env/${environment}` : `app/${environment}/${application}`,
      waiting: [],
      leftovers: [],
      ...(newest === undefined
        ? {}
        : {
            published: {
              commit: newest.commit,
              release: newest.to,
              since: newest.at,
              by: newest.by,
              holds: [],
              edits: [],
              strays: [],
              applied: [],
              rendering: { differing: [] },
            },
          }),
    },
    live: { notAsked: 'not asked' },
    states: states.toReversed(),
    unreadable: [],
  };
}

/** The page of these units, an environment for each name, as of the end of January. */
export function page(units: readonly UnitState[], rest: Partial<PageState> = {}): PageState {
  const names = [...new Set(units.map(({ status }) => status.environment))];
  return {
    title: 'shop',
    version: '1.0.0',
    at: '2026-01-31T12:00:00Z',
    repository: 'https://git.example/acme/shop-ops',
    commitAddress: () => undefined,
    picture: '<svg width="10" height="10"><style>.a{fill:red}</style></svg>',
    parts: [],
    environments: names.map((name) => ({
      name,
      place: `cluster local, namespace ${name}`,
      units: units.filter(({ status }) => status.environment === name),
      services: [],
      capacity: { cpu: '1', memory: '1Gi' },
    })),
    sourceTimes: new Map(),
    reviews: [],
    ...rest,
  };
}
