import { stringify } from 'yaml';
import type { ImageVersion, Release } from '../../model/release.ts';
import type { Hold, ReleaseRecord } from './release-record.ts';

/** Writes `release.yaml`: the same record gives the same bytes, and every value is quoted so that no reader retypes it. */
export function writeReleaseRecord(record: ReleaseRecord): string {
  const { program, change } = record;
  const document = {
    apiVersion: 'portolan/v1',
    environment: record.environment,
    applications: mapValues(record.applications, orderedRelease),
    program: { commit: program.commit, unmerged: program.unmerged, uncommitted: program.uncommitted },
    origin: record.origin,
    change: {
      kind: change.kind,
      application: change.application,
      by: change.by,
      automatic: change.automatic,
      run: change.run,
      at: change.at,
      follows: change.follows,
      pullRequest: change.pullRequest,
      emergency: change.emergency,
    },
    holds: record.holds.length === 0 ? undefined : record.holds.map(orderedHold),
  };
  return stringify(document, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

const orderedRelease = (release: Release): unknown => ({
  images: mapValues(release.images, ({ repository, tag, digest }: ImageVersion) => ({ repository, tag, digest })),
  source:
    release.source === undefined ? undefined : { repository: release.source.repository, commit: release.source.commit },
  sources: release.sources === undefined ? undefined : mapValues(release.sources, (commit) => commit),
  gitTag: release.gitTag,
});

const orderedHold = (hold: Hold): unknown => ({
  kind: hold.kind,
  reason: hold.reason,
  by: hold.by,
  since: hold.since,
  of:
    hold.kind === 'rollback'
      ? {
          release: hold.of.release,
          commit: hold.of.commit,
          applications: mapValues(hold.of.applications, orderedRelease),
          program: hold.of.program,
        }
      : undefined,
});

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => unknown,
): Record<string, unknown> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as Value)]));
}
