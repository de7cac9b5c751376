import type { Refusal } from '../ops-error.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import type { Edit } from '../written/edit.ts';

/** Lines of a message; the rest is counted. */
const MOST_LINES = 20;

/** Says which files were edited by hand, in which commit and by whom. */
export function refuseEdits(edits: readonly Edit[]): readonly Refusal[] {
  return edits.length === 0 ? [] : [describeEdits(edits)];
}

/** @param recordLine - line of `release.yaml` that was edited, when it is among them */
export function describeEdits(edits: readonly Edit[], recordLine?: number): Refusal {
  const lines = edits.slice(0, MOST_LINES).map(({ path, what, by }) => {
    const place = path === RELEASE_FILE && recordLine !== undefined ? `${path}:${recordLine}` : path;
    return `${place}: ${what}${by === undefined ? '' : ` in ${by.commit.slice(0, 12)} by ${by.author}`}`;
  });
  const more = edits.length > MOST_LINES ? [`and ${edits.length - MOST_LINES} more`] : [];
  return {
    code: 'edited',
    what: [
      `${edits.length === 1 ? 'a file was' : `${edits.length} files were`} edited by hand`,
      ...lines,
      ...more,
    ].join('\n'),
    next: [
      'take what is worth keeping into the program, then write --discard-edits',
      ...(edits.some(({ what }) => what === 'image moved' || what === 'version moved')
        ? ['or let a release say what the image was moved to: npx portolan promote ENV --image SERVICE=REF']
        : []),
    ].join('\n'),
  };
}

/** Says which files of others stand where ours should be. */
export function refuseInTheWay(paths: readonly string[]): readonly Refusal[] {
  if (paths.length === 0) return [];
  return [
    {
      code: 'in-the-way',
      what: `files that this program did not write are in the way: ${paths.slice(0, MOST_LINES).join(', ')}`,
      next: 'move them, or write --discard-edits to replace them',
    },
  ];
}
