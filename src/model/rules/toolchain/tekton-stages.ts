import type { Delivery } from '../../delivery.ts';
import { suppliesOf } from '../../derived/origins.ts';
import { pushKeys } from '../../secrets/push-keys.ts';
import { pushesOf } from '../../derived/pushes.ts';
import {
  isMovedByTekton,
  labelCharacters,
  namespaceOfRuns,
  promotingTask,
  suppliedByRuns,
} from '../../derived/tekton/promoted-by-runs.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { stagePath } from '../place.ts';
import { fetchedProblems, programImageProblems } from './program-in-cluster.ts';

/** A run of Tekton promotes what it built, and nothing else: it is started as the build is, in the place of the build, and finds its Secret there. */
export const tektonStages = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.filter(isMovedByTekton).flatMap((stage) => {
    const path = stagePath(stage);
    if (stage.toolchain === undefined)
      return [
        {
          path: `${path}.toolchain`,
          message:
            'is not carried out yet without one; write the toolchain of the supply, whose runs promote to the stage',
        },
      ];
    const supply = suppliedByRuns(delivery, stage);
    return supply === undefined
      ? [
          {
            path: `${path}.intake`,
            message: 'must be of one supply that Tekton builds: a run promotes what it built itself, and that alone',
            given:
              stage.intake.from === 'supply' ? suppliesOf(stage, delivery).map(({ name }) => name) : stage.intake.from,
          },
        ]
      : [
          ...(stage.promoter?.kind === 'tekton' ? programImageProblems(stage, stage.promoter.image) : []),
          ...startProblems(stage, supply),
          ...placeProblems(delivery, stage, supply),
          ...fetchedProblems(delivery, stage, [supply], `the run that promotes to ${stage.name}`),
        ];
  });

function startProblems(stage: Stage, supply: Supply): readonly Problem[] {
  const path = stagePath(stage);
  const [start] = pushesOf(supply.triggers);
  return [
    ...(pushesOf(stage.triggers).length > 0
      ? []
      : [
          {
            path: `${path}.triggers`,
            message: `must hold the push that starts supplies.${supply.name}, as it is written there: its runs promote`,
            given: stage.triggers.map(({ on }) => on),
          },
        ]),
    ...stage.triggers.flatMap((trigger, i): readonly Problem[] => {
      const at = `${path}.triggers[${i}]`;
      if (trigger.on === 'manual') return [];
      if (trigger.on !== 'push')
        return [
          {
            path: `${at}.on`,
            message:
              'starts no run of Tekton; leave it out, or leave the promoter out, so that workflows run the program',
            given: trigger.on,
          },
        ];
      return trigger.by === start?.by && trigger.authentication === start?.authentication
        ? []
        : [
            {
              path: at,
              message: `must be the push that starts supplies.${supply.name}, as it is written there, with by and authentication`,
              given: trigger.by ?? 'workflow',
            },
          ];
    }),
    ...(stage.gate.kind === 'humanTag'
      ? [
          {
            path: `${path}.gate.kind`,
            message: 'is not carried out yet where a run of Tekton promotes; write { kind: "pullRequest" }',
            given: stage.gate.kind,
          },
        ]
      : []),
  ];
}

/** It runs where the build does, and what it proves itself with lies there. */
function placeProblems(delivery: Delivery, stage: Stage, supply: Supply): readonly Problem[] {
  const path = stagePath(stage);
  const namespace = namespaceOfRuns(delivery, supply);
  const pushing = delivery.credentials.find(({ name }) => name === stage.write.credential);
  const task = promotingTask(supply, stage);
  const isFound =
    pushing === undefined ||
    namespace === undefined ||
    (pushing.store.kind === 'kubernetes' &&
      pushing.store.namespace === namespace &&
      pushing.store.keys.join() === pushKeys.github.join());
  return [
    ...(supply.toolchain === undefined || stage.toolchain === supply.toolchain
      ? []
      : [
          {
            path: `${path}.toolchain`,
            message: `must be "${supply.toolchain}", in which supplies.${supply.name} is built: its runs promote`,
            given: stage.toolchain,
          },
        ]),
    ...(isFound
      ? []
      : [
          {
            path: `${path}.write.credential`,
            message: `must be one of an app that a run finds beside what it pushes images with: { kind: "kubernetes", namespace: "${namespace}", secretName: "…", keys: ${JSON.stringify(pushKeys.github)} }`,
            given: stage.write.credential,
          },
        ]),
    ...(task.length > labelCharacters
      ? [
          {
            path: `${path}.name`,
            message: `makes the name ${task}, and Tekton takes ${labelCharacters} characters at most; shorten it`,
            given: stage.name,
          },
        ]
      : []),
  ];
}
