import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { originsOf, suppliesOf } from '../../derived/origins.ts';
import { stagePath } from '../place.ts';

/** Stages that are fed by a build of their own although an earlier stage of the application runs another build of the same artifact. */
function builtTwice(delivery: Delivery): readonly Problem[] {
  return delivery.stages.flatMap((stage, i) => {
    if (stage.rebuild === true) return [];
    const own = suppliesOf(stage, delivery);
    for (const earlier of delivery.stages.slice(0, i)) {
      if (earlier.application !== stage.application || earlier.environment === stage.environment) continue;
      const others = suppliesOf(earlier, delivery);
      const artifact = own
        .filter((supply) => !others.includes(supply))
        .flatMap((supply) => supply.artifacts)
        .find((name) => others.some((supply) => supply.artifacts.includes(name)));
      if (artifact !== undefined) {
        return [
          {
            path: `${stagePath(stage)}.intake`,
            message: `deploys a build of ${artifact} that ${stagePath(earlier)} never ran; take from stage "${earlier.name}", or write rebuild: true`,
          },
        ];
      }
    }
    return [];
  });
}

/** Stages that take what another verified, started by something that also builds it again. */
function startedByBuild(delivery: Delivery): readonly Problem[] {
  return delivery.stages.flatMap((stage) => {
    if (stage.intake.from !== 'stages' || stage.rebuild === true) return [];
    const origins = originsOf(stage, delivery);
    return stage.triggers.flatMap((trigger, i) => {
      const path = `${stagePath(stage)}.triggers[${i}]`;
      if (trigger.on === 'artifactPublished' && origins.some((supply) => supply.artifacts.includes(trigger.artifact))) {
        return [
          {
            path,
            message:
              'starts before any stage verified the release; write upstreamHealthy, or rebuild: true for the stage',
          },
        ];
      }
      if (trigger.on !== 'gitTag' && trigger.on !== 'push') return [];
      const builds = origins.find((supply) =>
        supply.triggers.some(
          (other) => other.on === trigger.on && other.repository === trigger.repository && sameFilter(other, trigger),
        ),
      );
      return builds === undefined
        ? []
        : [
            {
              path,
              message: `also starts supplies.${builds.name}, which builds again what this stage should move; take that trigger from the supply, or write rebuild: true for the stage`,
            },
          ];
    });
  });
}

const sameFilter = (one: object, other: object): boolean => {
  const filter = (trigger: object): string =>
    JSON.stringify(['pattern', 'branches', 'paths'].map((key) => Reflect.get(trigger, key) as unknown));
  return filter(one) === filter(other);
};

/** A stage that is fed by another moves the bits that ran there, or says that it builds again. */
export const sameFreight = (delivery: Delivery): readonly Problem[] => [
  ...builtTwice(delivery),
  ...startedByBuild(delivery),
];
