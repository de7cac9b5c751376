import type { HistoryLine } from '../../ops/history/history-line.ts';
import type { UnitState } from '../page-state.ts';

/** What a state of a branch was, as a sign of the time line. */
export type EventKind = 'first' | 'promote' | 'moved' | 'publish' | 'rollback' | 'hold' | 'unhold' | 'emergency';

/** Words of each kind, for the legend and the table. */
export const eventWords: Readonly<Record<EventKind, string>> = {
  first: 'first release',
  promote: 'promotion',
  moved: 'moved by another writer',
  publish: 'rendered again',
  rollback: 'rollback',
  hold: 'hold',
  unhold: 'hold ended',
  emergency: 'past the gate',
};

/** What a state is shown as: going past a gate counts more than what went past it. */
export function eventKind({ emergency, from, change }: HistoryLine): EventKind {
  if (emergency !== undefined) return 'emergency';
  return from === undefined ? 'first' : change;
}

/** A time in which a unit was held. */
export interface HeldTime {
  /** Milliseconds since 1970. */
  readonly from: number;
  /** @default - it is held still */
  readonly to?: number;
  /** Each reason once. */
  readonly reasons: readonly string[];
}

/** When a unit was held, oldest first. */
export function heldTimes({ states }: UnitState): readonly HeldTime[] {
  const times: HeldTime[] = [];
  let open: { readonly from: number; readonly reasons: Set<string> } | undefined;
  for (const { at, holds } of [...states].reverse()) {
    const time = Date.parse(at);
    if (holds.length > 0) {
      open ??= { from: time, reasons: new Set() };
      for (const reason of holds) open.reasons.add(reason);
    } else if (open !== undefined) {
      times.push({ from: open.from, to: time, reasons: [...open.reasons] });
      open = undefined;
    }
  }
  return open === undefined ? times : [...times, { from: open.from, reasons: [...open.reasons] }];
}
