import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { isGated, isRead, locatorsOf, type Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** Whether a stage's write may change something that another stage's engine watches. */
function writesInto(writer: Stage, watcher: Stage): boolean {
  const { repository, branch } = watcher.write;
  if (writer.write.repository !== repository || writer.write.branch !== branch) return false;
  return locatorsOf(writer.write).some((locator) => locator.kind === 'tree' || isRead(watcher, locator.file));
}

/** Why people can change what a gated stage's engine watches without passing its gate; nothing when they cannot. */
function wayAround(delivery: Delivery, { gate, write }: Stage): string | undefined {
  const { repository, branch } = write;
  const watched = delivery.repositories.find(({ name }) => name === repository);
  if (watched === undefined) return undefined;
  if (watched.holds.includes('ops')) return undefined;
  if (gate.kind !== 'pullRequest')
    return 'any commit on it passes the gate by; follow a branch of an ops repository that only this stage writes';
  const asked = Math.max(1, gate.approvals);
  const approvals = branch === (watched.defaultBranch ?? 'main') ? (watched.protection?.approvals ?? 0) : 0;
  if (approvals >= asked) return undefined;
  return `it asks for fewer approvals (${approvals}) than the gate (${asked}); raise repositories.${repository}.protection.approvals, or follow a branch of its own`;
}

/** Whatever a gated stage's engine watches changes only through the gate. */
export const coveringGate = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.filter(isGated).flatMap((stage) => {
    const { repository, branch } = stage.write;
    const path = `${stagePath(stage)}.write`;
    const around = wayAround(delivery, stage);
    return [
      ...(around === undefined
        ? []
        : [{ path, message: `branch ${branch} of ${repository} is not covered by the gate: ${around}` }]),
      ...delivery.stages
        .filter((writer) => writer !== stage && !isGated(writer) && writesInto(writer, stage))
        .map((writer) => ({
          path,
          message: `watches what ${stagePath(writer)} writes without a gate, on branch ${branch} of ${repository}; give each stage a branch or path of its own`,
        })),
    ];
  });
