import type { Delivery } from '../../delivery.ts';
import { listed } from '../../formats/listed.ts';
import { artifactsRunBy } from '../../derived/object-images.ts';
import { gatedThrough } from '../../derived/places/toolchains.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

/** A toolchain that a supply or a stage names is declared, each is named by one of them, and none has the name of an environment or a stage. */
export const servedToolchains = (delivery: Delivery): readonly Problem[] => {
  const { toolchains = [], supplies, stages, initialReleases: releases } = delivery;
  const known = namesOf(toolchains);
  const named = [
    ...supplies.map(({ name, toolchain }) => ({ path: `supplies.${name}.toolchain`, toolchain })),
    ...stages.map((stage) => ({ path: `${stagePath(stage)}.toolchain`, toolchain: stage.toolchain })),
  ];
  return [
    ...named.flatMap(({ path, toolchain }) =>
      toolchain === undefined ? [] : checkName(path, 'toolchain', toolchain, known),
    ),
    ...toolchains.flatMap(({ name }): readonly Problem[] => {
      const path = `toolchains.${name}`;
      // The toolchain itself stands among them, with the stage that its branch is written by.
      const isTaken = [delivery.environments, stages, toolchains].some(
        (list) => list.filter((it) => it.name === name).length > 1,
      );
      const place = delivery.environments.find((it) => it.name === name);
      const run = (place?.applications ?? []).flatMap((application) => [...artifactsRunBy(application)]);
      return [
        ...(isTaken
          ? [
              {
                path: `${path}.name`,
                message: 'is the name of another toolchain, environment or stage; give each its own',
                given: name,
              },
            ]
          : []),
        ...(run.length === 0
          ? []
          : [
              {
                path: `${path}.objects`,
                message: `must not run ${listed(run)}: no release brings versions to a toolchain; write the image with its tag or digest`,
              },
            ]),
        ...(Object.keys(releases[name]?.images ?? {}).length === 0
          ? []
          : [{ path, message: `has no release; remove initialReleases.${name}` }]),
        ...(gatedThrough(delivery, name).length > 0 || supplies.some(({ toolchain }) => toolchain === name)
          ? []
          : [
              {
                path,
                message: `serves nothing: no supply and no stage names it; write toolchain: "${name}" there, or remove it`,
              },
            ]),
      ];
    }),
  ];
};
