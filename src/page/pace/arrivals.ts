import { nameOf } from '../../model/derived/units.ts';
import type { HistoryLine } from '../../ops/history/history-line.ts';
import type { EnvironmentState, PageState, UnitState } from '../page-state.ts';

/** A release that came to a unit: a state whose release is another than the one before, and no way back. */
export interface Arrival {
  /** Name of the unit, e.g. `dev`. */
  readonly unit: string;
  readonly release: string;
  /** Commit of the ops repository that brought it. */
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds from the source commit to here, of several from the oldest that came with it. @default - not known */
  readonly leadTime?: number;
  /** Milliseconds from when all that it was taken from had it, to here. @default - it came from a build, or nobody knows */
  readonly waited?: number;
  /** Milliseconds until it was taken away by a rollback. @default - it was not */
  readonly restoredAfter?: number;
}

/** Changes that bring a release; a rollback takes one away. */
const brings: ReadonlySet<string> = new Set(['publish', 'promote', 'moved']);

/** Every release that came to the units of a delivery, oldest first. */
export function arrivalsOf({ environments, sourceTimes }: PageState): readonly Arrival[] {
  const units = environments.flatMap((environment) => environment.units.map((unit) => ({ environment, unit })));
  return units
    .flatMap(({ unit }) => arrivalsAt(unit, environments, sourceTimes))
    .sort((a, b) => a.at - b.at || (a.commit < b.commit ? -1 : 1));
}

function arrivalsAt(
  unit: UnitState,
  environments: readonly EnvironmentState[],
  sourceTimes: ReadonlyMap<string, string>,
): readonly Arrival[] {
  const states = [...unit.states].reverse();
  return states.flatMap((state, i): readonly Arrival[] => {
    if (!brings.has(state.change) || state.from === state.to) return [];
    const at = Date.parse(state.at);
    const made = madeAt(state, states[i - 1], sourceTimes);
    const came = cameUpstream(state, environments, unit.status.application);
    // What came next decides: another release that came first means that this one was replaced, not taken away.
    const next = states.slice(i + 1).find(({ from, to }) => from !== to);
    const wasTaken = next?.change === 'rollback';
    return [
      {
        unit: nameOf(unit.status),
        release: state.to,
        commit: state.commit,
        at,
        ...(made === undefined ? {} : { leadTime: Math.max(0, at - made) }),
        ...(came === undefined ? {} : { waited: Math.max(0, at - came) }),
        ...(wasTaken ? { restoredAfter: Date.parse(next.at) - at } : {}),
      },
    ];
  });
}

/** When the oldest was made of the source commits that a state brought; nothing where one's time is not known. */
function madeAt(
  { sources = [] }: HistoryLine,
  before: HistoryLine | undefined,
  sourceTimes: ReadonlyMap<string, string>,
): number | undefined {
  const brought = sources.filter((commit) => !(before?.sources ?? []).includes(commit));
  const times = (brought.length === 0 ? sources : brought).map((commit) => Date.parse(sourceTimes.get(commit) ?? ''));
  return times.length === 0 || times.some(Number.isNaN) ? undefined : Math.min(...times);
}

/** When the last of the environments that a release was taken from had got it. */
function cameUpstream(
  { origin, to }: UnitState['states'][number],
  environments: readonly EnvironmentState[],
  application: string | undefined,
): number | undefined {
  if (origin.kind !== 'promotion') return undefined;
  const times = origin.from.map(({ environment, commit }) => {
    const upstream = environments
      .find(({ name }) => name === environment)
      ?.units.find(
        ({ status, states }) => status.application === application || states.some((it) => it.commit === commit),
      );
    const states = upstream?.states ?? [];
    const tip = states.findIndex((it) => it.commit === commit);
    if (tip === -1) return undefined;
    // A tag that is given on the way makes another id of the same bits: what is looked for is what stood at that commit.
    const stood = states[tip]?.to ?? to;
    const other = states.findIndex((it, i) => i > tip && it.to !== stood);
    const first = states[(other === -1 ? states.length : other) - 1];
    return first === undefined ? undefined : Date.parse(first.at);
  });
  const known = times.filter((time) => time !== undefined);
  return known.length === times.length && known.length > 0 ? Math.max(...known) : undefined;
}
