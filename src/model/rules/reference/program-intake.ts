import type { Delivery } from '../../delivery.ts';
import { artifactsRunBy } from '../../derived/object-images.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { stagePath } from '../place.ts';

/** A stage that takes from the program alone delivers no artifact, and nothing but a publish starts it. */
export const programIntake = ({ stages, environments }: Delivery): readonly Problem[] =>
  stages.flatMap((stage): readonly Problem[] => {
    if (stage.intake.from !== 'program') return [];
    const application = environments
      .find(({ name }) => name === stage.environment)
      ?.applications.find(({ name }) => name === stage.application);
    const run = application === undefined ? [] : [...artifactsRunBy(application)];
    return [
      ...(run.length === 0
        ? []
        : [
            {
              path: `${stagePath(stage)}.intake.from`,
              message: `must be "supply" or "stages", because ${stage.application} runs ${oneOf(run)}, whose versions a release brings`,
              given: stage.intake.from,
            },
          ]),
      ...(stage.triggers.length === 0
        ? []
        : [
            {
              path: `${stagePath(stage)}.triggers`,
              message: 'must be empty, because `portolan publish` alone starts it; write []',
              given: stage.triggers.map(({ on }) => on),
            },
          ]),
      ...(stage.promoter === undefined
        ? []
        : [
            {
              path: `${stagePath(stage)}.promoter`,
              message: 'has nothing to move, because the application runs no artifact; leave it out',
              given: stage.promoter.kind,
            },
          ]),
    ];
  });
