import type { ReleaseRecord } from '../release/release-record.ts';

/** How an open proposal stands to a new one; `apart`: neither makes the other pointless. */
export type Standing = 'newer' | 'older' | 'unordered' | 'apart';

/** Tells how an open proposal of this record stands to the new one. */
export type StandingOf = (open: ReleaseRecord) => Promise<Standing>;
