import type { ImageVersion } from '../../model/release.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import type { HistoryEntry } from './read-history.ts';

type Applications = ReleaseRecord['applications'];

/**
 * Releases that a branch ran between one that runs elsewhere and the one that goes there now: nobody proposed them there, because each look takes
 * what runs when it looks.
 *
 * @param entries - states of the branch that it comes from, newest first; the first is what goes on
 * @param before - what runs where it goes
 * @param after - what is to run there
 * @returns ids, oldest first; none where the branch never ran what runs there
 */
export function passedOver(
  entries: readonly HistoryEntry[],
  before: Applications,
  after: Applications,
): readonly string[] {
  const [old, next] = [wholeRelease(before).images, wholeRelease(after).images];
  const moved = Object.keys(next).filter((artifact) => !isSameImage(old[artifact], next[artifact]));
  if (moved.length === 0) return [];
  const runs = (entry: HistoryEntry, images: Readonly<Record<string, ImageVersion>>): boolean => {
    const there = wholeRelease(entry.record.applications).images;
    return moved.every((artifact) => isSameImage(there[artifact], images[artifact]));
  };
  const last = entries.findIndex((entry) => runs(entry, old));
  const between = last === -1 ? [] : entries.slice(0, last).filter((entry) => !runs(entry, next));
  return [...new Set(between.map(({ release }) => release))].reverse();
}

/** Whether two references stand for the same bits, by their digests where both have one: a stage may call them by a tag of its own. */
function isSameImage(a: ImageVersion | undefined, b: ImageVersion | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.digest !== undefined && b.digest !== undefined
    ? a.digest === b.digest
    : a.repository === b.repository && a.tag === b.tag;
}
