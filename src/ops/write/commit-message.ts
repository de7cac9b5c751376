import { sourcesIn } from '../../model/release.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { wholeRelease } from '../release/release-record.ts';

/** A commit message: the subject, an explanation, and trailers for people and `git log --grep`; nothing reads them back. */
export function commitMessage(
  subject: string,
  { applications, program, change, holds }: ReleaseRecord,
  body?: string,
): string {
  const sources = Object.entries(sourcesIn(wholeRelease(applications)));
  const programNote = [
    program.unmerged === true ? 'unmerged' : '',
    program.uncommitted === true ? 'with uncommitted changes' : '',
  ]
    .filter((note) => note !== '')
    .join(', ');
  const trailers = [
    ...sources.map(
      ([name, commit]) => ['Source-Commit', sources.length === 1 ? commit : `${commit} (${name})`] as const,
    ),
    [
      'Program-Commit',
      program.commit === undefined ? undefined : `${program.commit}${programNote === '' ? '' : ` (${programNote})`}`,
    ],
    ['Asked-By', change.by],
    ['Run', change.run],
    [
      'Previous-Release',
      change.follows === undefined ? undefined : `${change.follows.release} (${change.follows.commit})`,
    ],
    ['Pull-Request', change.pullRequest],
    ['Held', holds.length === 0 ? undefined : holds.map(({ reason }) => reason).join('; ')],
    ['Emergency', change.emergency],
  ].flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [`${name}: ${oneLine(value)}`]));
  return [oneLine(subject), ...(body === undefined ? [] : [body]), trailers.join('\n')].join('\n\n').concat('\n');
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim();
