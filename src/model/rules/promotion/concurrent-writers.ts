import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** A writer that finds its branch moved goes on in a way that loses nothing. */
export const concurrentWriters = ({ stages }: Delivery): readonly Problem[] =>
  stages.flatMap((stage): readonly Problem[] => {
    const { onConflict, locator } = stage.write;
    const path = `${stagePath(stage)}.write.onConflict`;
    if (onConflict === 'fail')
      return [
        {
          path,
          message: 'would lose the release when two writers meet; write "renderAgain", or "rebase" for a single field',
          given: onConflict,
        },
      ];
    if (onConflict === 'rebase' && locator.kind === 'tree') {
      return [
        {
          path,
          message: 'must be "renderAgain" for a whole tree, because merged rendered files are nobody\'s rendering',
          given: onConflict,
        },
      ];
    }
    return [];
  });
