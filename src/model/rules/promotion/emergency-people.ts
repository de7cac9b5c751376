import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** Who may go past a gate in an emergency is named one by one: nobody asks who the members of a team are, and an app is nobody. */
export const emergencyPeople = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage) =>
    (stage.emergency ?? []).flatMap((name) => {
      const kind = delivery.actors.find((actor) => actor.name === name)?.kind;
      return kind === undefined || kind === 'user'
        ? []
        : [
            {
              path: `${stagePath(stage)}.emergency`,
              message: `must be people by their names at GitHub, and this is ${kind === 'team' ? 'a team; name each member' : 'an app'}`,
              given: name,
            },
          ];
    }),
  );
