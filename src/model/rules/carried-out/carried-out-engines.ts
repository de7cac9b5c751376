import { stageOf, type Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** An environment is followed by one engine, which reaches its cluster, and looks at the branch as often as can be. */
export const carriedOutEngines = (delivery: Delivery): readonly Problem[] => [
  ...delivery.stages.flatMap((stage): readonly Problem[] => {
    const path = `${stagePath(stage)}.engine`;
    const first = stageOf(delivery, stage.environment);
    return [
      ...(first === undefined || first.engine.kind === stage.engine.kind
        ? []
        : [
            {
              path: `${path}.kind`,
              message: `must be "${first.engine.kind}", as ${stagePath(first)} says: one engine follows an environment`,
              given: stage.engine.kind,
            },
          ]),
      ...(stage.engine.kind !== 'flux' || (Number.isFinite(stage.engine.pollMinutes) && stage.engine.pollMinutes > 0)
        ? []
        : [
            {
              path: `${path}.pollMinutes`,
              message: 'must be more than 0; write 1',
              given: stage.engine.pollMinutes,
            },
          ]),
    ];
  }),
  ...delivery.environments.flatMap(({ name, cluster }): readonly Problem[] =>
    cluster.server === undefined || stageOf(delivery, name)?.engine.kind !== 'flux'
      ? []
      : [
          {
            path: `environments.${name}.cluster.server`,
            message:
              'is not carried out yet where Flux follows; leave it out: Flux deploys to the cluster that it runs in',
            given: cluster.server,
          },
        ],
  ),
];
