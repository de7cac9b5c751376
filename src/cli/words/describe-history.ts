import pc from 'picocolors';
import type { UnitName } from '../../model/derived/units.ts';
import { unnamedSources, type HistoryLine } from '../../ops/history/history-line.ts';

/** One state of an environment on one line: when, which commit, what changed, by whom, and what is to be known of it. */
export function describeHistory({
  application,
  commit,
  at,
  change,
  from,
  to,
  sources = [],
  by,
  automatic,
  run,
  program,
  origin,
  holds,
  emergency,
}: HistoryLine & Pick<UnitName, 'application'>): string {
  const course = from === undefined || from === to ? to : `${from} → ${to}`;
  const came =
    change === 'promote' && origin.kind === 'promotion'
      ? ` from ${origin.from.map(({ environment }) => environment).join(', ')}`
      : change === 'rollback' && origin.kind === 'rollback'
        ? ` to ${origin.to.commit.slice(0, 12)}`
        : '';
  const built = unnamedSources({ sources, to });
  const notes = [
    `by ${by}${automatic ? ' (a run)' : ''}`,
    ...(built.length === 0 ? [] : [`built from ${built.join(' and ')}`]),
    ...(run === undefined ? [] : [run]),
    ...(program === undefined ? [] : [`program ${program.slice(0, 12)}`]),
    ...holds.map((reason) => pc.yellow(`held: ${reason}`)),
    ...(emergency === undefined ? [] : [pc.red(`emergency: ${emergency}`)]),
  ];
  return `${at}  ${commit.slice(0, 12)}  ${change.padEnd(8)} ${application === undefined ? '' : `${application}: `}${course}${came}  ${pc.dim(notes.join('; '))}`;
}
