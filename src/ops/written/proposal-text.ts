import { typed } from '../../model/derived/units.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import type { PullRequestText } from '../../hosts/pull-requests.ts';
import type { Prepared } from './written.ts';

/** What there is to say about a proposed write. */
export interface Proposal {
  readonly subject: string;
  readonly record: ReleaseRecord;
  readonly written: Prepared;
}

/** Writes the title and body of a pull request. */
export type DescribeProposal = (proposal: Proposal) => PullRequestText | Promise<PullRequestText>;

/** What a reviewer reads first: what is to be done around the merge, in its order, and apart from it what is only to be known. */
export const noticesByHeading = ({
  notices,
  steps,
}: Proposal['written']): readonly (readonly [string, readonly string[]])[] => [
  ['To do, in this order', steps],
  ['To know', notices.filter((notice) => !steps.includes(notice))],
];

/** The plainest text: what changes, file by file, what is removed, and how to go back. */
export const describeFiles: DescribeProposal = ({ subject, record, written }) => {
  const { added, changed, removed, removals } = written;
  const list = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`];
  const code = (paths: readonly string[]): readonly string[] => paths.map((path) => `\`${path}\``);
  const asked = record.change.run === undefined ? record.change.by : `${record.change.by} (${record.change.run})`;
  return {
    title: subject,
    body: [
      `Asked by ${asked}. To go back after the merge: \`npx portolan rollback ${typed(written)}\`.`,
      ...noticesByHeading(written).flatMap(([title, items]) => list(title, items)),
      ...list(
        'Removed objects',
        removals.map(({ object }) => object),
      ),
      ...list('New files', code(added)),
      ...list('Changed files', code(changed)),
      ...list('Removed files', code(removed)),
    ].join('\n\n'),
  };
};
