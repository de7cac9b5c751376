import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

const anyBranch = 'some/branch-nobody-merged';

/** Whether a trigger is a push to a branch that nobody merged. */
export const isUnmergedPush = (trigger: Trigger): boolean =>
  trigger.on === 'push' &&
  matchesPatterns(trigger.branches, anyBranch) &&
  !matchesPatterns(trigger.branchesIgnore ?? [], anyBranch);

/** Whether a trigger publishes what nobody merged. A workflow of ours only tries what a pull request brings. */
const isUnmerged = (trigger: Trigger, { builder }: Supply): boolean =>
  (trigger.on === 'pullRequest' && builder.kind !== 'githubActions') || isUnmergedPush(trigger);

const undeclared = (supply: Supply): readonly Problem[] =>
  supply.buildsUnmerged === true
    ? []
    : supply.triggers.flatMap((trigger, i) =>
        isUnmerged(trigger, supply)
          ? [
              {
                path: `supplies.${supply.name}.triggers[${i}]`,
                message:
                  'builds code that nobody merged; trigger on merged branches alone, or write buildsUnmerged: true for the supply',
              },
            ]
          : [],
      );

/** The stages before a stage that run what nobody merged, where it says nothing of that itself. */
const inherited = ({ stages }: Delivery, stage: Stage): readonly Problem[] => {
  const { intake } = stage;
  if (intake.from !== 'stages' || stage.acceptsUnmerged !== undefined) return [];
  return stages
    .filter(({ name, acceptsUnmerged }) => acceptsUnmerged !== undefined && intake.stages.includes(name))
    .map(({ name }) => ({
      path: `${stagePath(stage)}.intake`,
      message: `takes what stages.${name} runs, which accepts unmerged code; take from a stage that runs merged code alone, or write the reason as acceptsUnmerged here too`,
    }));
};

/** Code that nobody merged reaches no stage by accident: the supply says so, and every stage that it may reach. */
export const unmergedBuilds = (delivery: Delivery): readonly Problem[] => [
  ...delivery.supplies.flatMap(undeclared),
  ...delivery.stages.flatMap((stage) => inherited(delivery, stage)),
  ...delivery.stages.flatMap((stage) => {
    const { intake } = stage;
    if (intake.from !== 'supply' || stage.acceptsUnmerged !== undefined) return [];
    return delivery.supplies
      .filter((supply) => supply.buildsUnmerged === true && intake.supplies.includes(supply.name))
      .map((supply) => ({
        path: `${stagePath(stage)}.intake`,
        message: `deploys anything that supplies.${supply.name} publishes, unmerged code too; build merged code alone, or write the reason as acceptsUnmerged`,
      }));
  }),
];
