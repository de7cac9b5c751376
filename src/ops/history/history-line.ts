import { sourcesIn } from '../../model/release.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import type { HistoryEntry } from './read-history.ts';

/** What a line of `portolan history` says. */
export interface HistoryLine {
  readonly commit: string;
  readonly at: string;
  readonly change: ReleaseRecord['change']['kind'];
  /** Release before. @default - the first one */
  readonly from?: string;
  readonly to: string;
  /** Commits of the source that it was built from, each once. @default - not known */
  readonly sources?: readonly string[];
  readonly by: string;
  readonly automatic: boolean;
  readonly run?: string;
  readonly pullRequest?: string;
  readonly program?: string;
  readonly origin: ReleaseRecord['origin'];
  readonly holds: readonly string[];
  readonly emergency?: string;
}

/** A state as a line of `portolan history`. */
export function historyLine({
  commit,
  release,
  record: { applications, change, program, origin, holds },
  said = {},
}: HistoryEntry): HistoryLine {
  const recorded = Object.values(sourcesIn(wholeRelease(applications)));
  const sources = [...new Set(recorded.length > 0 ? recorded : Object.values(said))];
  return {
    commit,
    at: change.at,
    change: change.kind,
    ...(change.follows === undefined ? {} : { from: change.follows.release }),
    to: release,
    ...(sources.length === 0 ? {} : { sources }),
    by: change.by,
    automatic: change.automatic === true,
    ...(change.run === undefined ? {} : { run: change.run }),
    ...(change.pullRequest === undefined ? {} : { pullRequest: change.pullRequest }),
    ...(program.commit === undefined ? {} : { program: program.commit }),
    origin,
    holds: holds.map(({ reason }) => reason),
    ...(change.emergency === undefined ? {} : { emergency: change.emergency }),
  };
}

/** Sources of a state that the id of its release does not say itself, by the digits that people write. */
export const unnamedSources = ({ sources = [], to }: Pick<HistoryLine, 'sources' | 'to'>): readonly string[] =>
  sources.map((source) => source.slice(0, 12)).filter((source) => !to.includes(source));
