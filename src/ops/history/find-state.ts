import { sourcesIn } from '../../model/release.ts';
import { isSameRelease } from '../order/release-order.ts';
import { wholeRelease } from '../release/release-record.ts';
import type { HistoryEntry } from './read-history.ts';

/** The newest state that a person names by release id, ops commit or source commit, whole or its first seven digits or more. */
export function findState(entries: readonly HistoryEntry[], name: string): HistoryEntry | undefined {
  const isPrefix = (commit: string | undefined): boolean =>
    /^[0-9a-f]{7,64}$/.test(name) && commit?.startsWith(name) === true;
  return (
    entries.find(({ release }) => release === name) ??
    entries.find(({ commit }) => isPrefix(commit)) ??
    entries.find(({ record }) =>
      Object.values(record.applications).some(
        (there) =>
          Object.values(sourcesIn(there)).some(isPrefix) ||
          Object.values(there.images).some(({ tag }) => isPrefix(tag)),
      ),
    )
  );
}

/** Why a state's release does not count as verified; undefined when it does. `entries` are newest first. */
export function whyNotVerified(entries: readonly HistoryEntry[], state: HistoryEntry): string | undefined {
  const release = wholeRelease(state.record.applications);
  const isOfIt = (entry: HistoryEntry): boolean => isSameRelease(wholeRelease(entry.record.applications), release);
  const newest = entries.findIndex(isOfIt);
  const rollback = entries.slice(0, newest).find(({ record }) => {
    const [last] = record.holds.slice(-1);
    return (
      record.change.kind === 'rollback' &&
      last?.kind === 'rollback' &&
      isSameRelease(wholeRelease(last.of.applications), release)
    );
  });
  if (rollback !== undefined)
    return `it was rolled back there in ${rollback.commit.slice(0, 12)} by ${rollback.record.change.by}`;
  const hold = entries[newest]?.record.holds.find(({ kind }) => kind === 'manual');
  return hold === undefined ? undefined : `it is held there by ${hold.by} since ${hold.since}: ${hold.reason}`;
}
