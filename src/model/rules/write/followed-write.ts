import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { isRead, locatorsOf } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** What a stage writes is what its engine watches; else a promotion succeeds and changes nothing. */
export const followedWrite = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage): readonly Problem[] => {
    const { write, engine } = stage;
    return locatorsOf(write).flatMap((locator) =>
      locator.kind === 'tree' || isRead(stage, locator.file)
        ? []
        : [
            {
              path: `${stagePath(stage)}.engine.paths`,
              message: `must hold ${locator.file}, which the stage writes`,
              given: engine.paths,
            },
          ],
    );
  });
