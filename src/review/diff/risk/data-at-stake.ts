import type { ObjectDiff, PodRestart, RiskNote } from '../tree-diff.ts';
import { treeObjectId } from '../tree-diff.ts';
import { saidOf } from './said.ts';

/** Kinds that hold data, or without which nobody has it. */
const holders: ReadonlySet<string> = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
  'StorageClass',
  'VolumeSnapshot',
]);

const claimOfVolume =
  /^spec\.(?:jobTemplate\.spec\.)?template\.spec\.volumes\[[^\]]+\](?:\.persistentVolumeClaim\.claimName)?$/;

/** What happens to claims, volumes and StatefulSets, and to the jobs and pods that have them. */
export function dataAtStake(diff: ObjectDiff, restart: PodRestart | undefined): readonly RiskNote[] {
  const object = treeObjectId(diff);
  const note = (message: string): readonly RiskNote[] => [{ object, message }];
  const { kind, action } = diff;
  if (kind === 'Namespace' && action === 'removed')
    return note('is removed, and everything in it goes with it once it is deleted');
  if (kind === 'CronJob' && action === 'removed') return note('no longer runs');
  if (kind === 'CronJob' && diff.changes.some(({ path, after }) => path === 'spec.suspend' && after === true))
    return note('is suspended');
  if (!holders.has(kind)) {
    const moved = diff.changes.filter(
      ({ path, before, after }) =>
        claimOfVolume.test(path) && (path.endsWith('claimName') || hasClaim(before) || hasClaim(after)),
    );
    return moved.length === 0 ? [] : note(saidOf(moved));
  }
  switch (action) {
    case 'created':
      return [];
    case 'removed':
      return note(`is removed: ${diff.remarks.join('; ')}`);
    case 'renamed':
      return note(`is removed as ${diff.renamedFrom ?? ''} and created anew: its data does not follow`);
    case 'recreated':
      return note(`must be re-created: ${saidOf(diff.changes.filter(({ immutable }) => immutable !== undefined))}`);
    case 'changed': {
      const changes = diff.changes.filter(({ path }) => path.startsWith('spec'));
      return changes.length === 0 ? [] : note(`${saidOf(changes)}${restart === undefined ? '' : '; its pods restart'}`);
    }
  }
}

const hasClaim = (volume: unknown): boolean =>
  typeof volume === 'object' && volume !== null && 'persistentVolumeClaim' in volume;
