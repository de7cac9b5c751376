import pc from 'picocolors';
import { nameOf } from '../../model/derived/units.ts';
import type { Written } from '../../ops/written/written.ts';

/** One line on what a write did, for progress. */
export function summarizeWrite({
  outcome,
  branch,
  added,
  changed,
  removed,
  commit,
  release,
  pullRequest,
  supersededBy,
}: Written): string {
  if (outcome === 'superseded') return `superseded: ${supersededBy ?? 'something newer is there'}`;
  if (outcome === 'unchanged') return `${branch} is as it was, with ${release} at ${commit.slice(0, 12)}`;
  const parts = [
    added.length > 0 ? `${added.length} new` : '',
    changed.length > 0 ? `${changed.length} changed` : '',
    removed.length > 0 ? `${removed.length} removed` : '',
  ].filter((part) => part !== '');
  const files = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  if (outcome === 'proposed') return `proposed for ${branch}${files}; ${pullRequest?.url ?? ''}`;
  return `${branch} ${outcome} at ${commit.slice(0, 12)}${files}`;
}

/** What a person must know after a write: what was removed, left alone, overwritten, and what comes first. */
export const describeWrite = (written: Written): readonly string[] => [
  ...describeChanges(written),
  ...written.notices.map((notice) => `${nameOf(written)}: ${pc.yellow('note')} ${notice}`),
];

/** What a write removed, left alone and overwrote. */
export function describeChanges(written: Written): readonly string[] {
  const { removals, foreign, replaced, discarded, attempts, leftovers } = written;
  const name = nameOf(written);
  return [
    ...removals.map(({ object }) => `${name}: ${pc.yellow('removed')} ${object}`),
    ...foreign.map((path) => `${name}: ${pc.dim('left alone')} ${path}, which this program never wrote`),
    ...replaced.map((path) => `${name}: ${pc.yellow('replaced')} ${path}, which this program never wrote`),
    ...discarded.map(({ path }) => `${name}: ${pc.yellow('overwrote')} the edit of ${path}`),
    ...leftovers.map(
      (branch) => `${name}: ${pc.yellow('removed')} the branch ${branch}, which no open pull request was of`,
    ),
    ...(attempts > 1 ? [`${name}: others wrote at the same time; decided ${attempts} times`] : []),
  ];
}

/** How a write that waits for its pull request gets in. */
export const describeMerge = ({ pullRequest }: Written): string =>
  `Merge ${pullRequest?.url ?? 'the pull request'} to let it in.`;
