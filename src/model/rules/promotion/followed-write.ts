import type { Delivery } from '../../delivery.ts';
import { liesIn } from '../../formats/git-pattern.ts';
import type { Problem } from '../../problem.ts';
import { locatorsOf } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** What a stage writes is what its engine watches; else a promotion succeeds and changes nothing. */
export const followedWrite = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage): readonly Problem[] => {
    const { write, engine } = stage;
    const { repository, branch, paths } = engine.follows;
    const path = `${stagePath(stage)}.engine.follows`;
    if (write.repository !== repository || write.branch !== branch) {
      return [
        {
          path,
          message: `must be what the stage writes, branch ${write.branch} of ${write.repository}`,
          given: `branch ${branch} of ${repository}`,
        },
      ];
    }
    return locatorsOf(write).flatMap((locator) =>
      locator.kind === 'tree' || liesIn(paths, locator.file)
        ? []
        : [{ path: `${path}.paths`, message: `must hold ${locator.file}, which the stage writes`, given: paths }],
    );
  });
