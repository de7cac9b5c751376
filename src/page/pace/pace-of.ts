import { nameOf, type UnitName } from '../../model/derived/units.ts';
import type { PageState } from '../page-state.ts';
import { arrivalsOf, type Arrival } from './arrivals.ts';
import { spreadOf, type Spread } from './spread.ts';

/** A week, from its Monday in UTC. */
export interface Week {
  /** Milliseconds since 1970 of its first moment. */
  readonly start: number;
  readonly arrivals: number;
  /** Those of them that a rollback took away again. */
  readonly failed: number;
}

/** How releases come to one unit. */
export interface UnitPace {
  /** Name of the unit. */
  readonly unit: string;
  /** @default - the environment's only one, or what several share */
  readonly application?: string;
  readonly arrivals: readonly Arrival[];
  /** Every week from the first arrival of the delivery to the time of the page, also those without one. */
  readonly weeks: readonly Week[];
  /** How many came in a week. @default - none came yet */
  readonly perWeek?: Spread;
  /** @default - of no arrival is it known when its source commit was made */
  readonly leadTime?: Spread;
  /** Arrivals of which the source commit's time is not known. */
  readonly withoutLeadTime: number;
  /** @default - none was taken from another environment */
  readonly waited?: Spread;
  readonly failed: number;
  /** @default - nothing had to be restored */
  readonly restored?: Spread;
}

const day = 86_400_000;
const week = 7 * day;
/** Monday, 5 January 1970. */
const firstMonday = 4 * day;

const weekOf = (at: number): number => firstMonday + Math.floor((at - firstMonday) / week) * week;

/** How releases come to each unit that one came to, in the order of the page. */
export function paceOf(state: PageState): readonly UnitPace[] {
  const all = arrivalsOf(state);
  const [first] = all;
  if (first === undefined) return [];
  const [from, to] = [weekOf(first.at), weekOf(Math.max(Date.parse(state.at), all.at(-1)?.at ?? 0))];
  const starts = Array.from({ length: Math.round((to - from) / week) + 1 }, (_, i) => from + i * week);
  return state.environments
    .flatMap(({ units }) => units)
    .flatMap(({ status }): readonly UnitPace[] => {
      const arrivals = all.filter(({ unit }) => unit === nameOf(status));
      return arrivals.length === 0 ? [] : [unitPace(status, arrivals, starts)];
    });
}

function unitPace(status: UnitName, arrivals: readonly Arrival[], starts: readonly number[]): UnitPace {
  const weeks = starts.map((start): Week => {
    const own = arrivals.filter(({ at }) => weekOf(at) === start);
    return { start, arrivals: own.length, failed: own.filter(wasTaken).length };
  });
  // Weeks before the unit was there say nothing of it.
  const perWeek = spreadOf(
    weeks.filter(({ start }) => start >= weekOf(arrivals[0]?.at ?? start)).map((it) => it.arrivals),
  );
  const times = (of: (arrival: Arrival) => number | undefined): readonly number[] =>
    arrivals.map(of).filter((time) => time !== undefined);
  const [leadTimes, waits, restores] = [
    times(({ leadTime }) => leadTime),
    times(({ waited }) => waited),
    times(({ restoredAfter }) => restoredAfter),
  ];
  const [leadTime, waited, restored] = [spreadOf(leadTimes), spreadOf(waits), spreadOf(restores)];
  return {
    unit: nameOf(status),
    ...(status.application === undefined ? {} : { application: status.application }),
    arrivals,
    weeks,
    ...(perWeek === undefined ? {} : { perWeek }),
    ...(leadTime === undefined ? {} : { leadTime }),
    withoutLeadTime: arrivals.length - leadTimes.length,
    ...(waited === undefined ? {} : { waited }),
    failed: restores.length,
    ...(restored === undefined ? {} : { restored }),
  };
}

const wasTaken = ({ restoredAfter }: Arrival): boolean => restoredAfter !== undefined;
