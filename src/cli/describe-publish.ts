import pc from 'picocolors';
import type { PublishResult } from '../ops/publish/publish.ts';

/** One line on what a publish did, for progress. */
export function summarizePublish({ outcome, branch, added, changed, removed, commit }: PublishResult): string {
  if (outcome === 'unchanged') return `${branch} is as this program renders it`;
  const parts = [
    added.length > 0 ? `${added.length} new` : '',
    changed.length > 0 ? `${changed.length} changed` : '',
    removed.length > 0 ? `${removed.length} removed` : '',
  ].filter((part) => part !== '');
  return `${branch} ${outcome} at ${commit.slice(0, 12)}: ${parts.join(', ')}`;
}

/** What a person must know after a publish: what was removed, left alone, overwritten, and what comes first. */
export function describePublish(result: PublishResult): readonly string[] {
  const { environment, removals, foreign, discarded, notices, attempts } = result;
  return [
    ...removals.map(({ object }) => `${environment}: ${pc.yellow('removed')} ${object}`),
    ...foreign.map((path) => `${environment}: ${pc.dim('left alone')} ${path}, which this program never wrote`),
    ...discarded.map(({ path }) => `${environment}: ${pc.yellow('overwrote')} the edit of ${path}`),
    ...notices.map((notice) => `${environment}: ${pc.yellow('first')} ${notice}`),
    ...(attempts > 1 ? [`${environment}: others wrote at the same time; decided ${attempts} times`] : []),
  ];
}
