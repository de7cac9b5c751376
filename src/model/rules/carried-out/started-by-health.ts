import type { Delivery } from '../../delivery.ts';
import { isMovedByKargo } from '../../derived/kargo/moved-by-kargo.ts';
import { runsWorkflows } from '../../derived/starts-workflows.ts';
import { publicGitHub } from '../../formats/host.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Trigger } from '../../supply.ts';
import { stagePath } from '../place.ts';

type Healthy = Extract<Trigger, { readonly on: 'upstreamHealthy' }>;

function triggerProblems(delivery: Delivery, stage: Stage, trigger: Healthy, path: string): readonly Problem[] {
  if (!runsWorkflows(delivery))
    return [
      {
        path: `${path}.on`,
        message: `is not carried out yet where no repository on ${delivery.gitHubHost ?? publicGitHub} holds the program, whose workflow would look; write { on: "manual" }`,
        given: trigger.on,
      },
    ];
  const problems: Problem[] = [];
  // What a stage takes is verified in every one of them; a name that it does not take from is told by another rule.
  const taken = stage.intake.from === 'stages' ? stage.intake.stages : [];
  if (taken.some((name) => !trigger.stages.includes(name)))
    problems.push({
      path: `${path}.stages`,
      message: `must name every stage that this one takes from: ${JSON.stringify(taken)}`,
      given: trigger.stages,
    });
  return problems;
}

/** What a stage says besides, which nobody is there to do where health alone starts it. */
function stageProblems(stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const problems: Problem[] = [];
  if (stage.gate.kind === 'humanTag')
    problems.push({
      path: `${path}.gate.kind`,
      message:
        'waits for a tag, and health brings none; write { kind: "pullRequest" }, or start it with { on: "gitTag" }',
      given: stage.gate.kind,
    });
  if (stage.rebuild === true)
    problems.push({
      path: `${path}.rebuild`,
      message: 'is for what a tag starts: what is healthy moves as it is; leave it out',
      given: true,
    });
  if (stage.versions !== undefined)
    problems.push({
      path: `${path}.versions`,
      message:
        'is not carried out yet where health starts a stage, because nobody gives the release a version then; leave it out, or start it with { on: "gitTag" }',
      given: stage.versions.kind,
    });
  return problems;
}

/** A stage that health starts says nothing that the workflow which looks would not do. */
export const startedByHealth = (delivery: Delivery): readonly Problem[] =>
  delivery.stages
    .filter((stage) => !isMovedByKargo(stage))
    .flatMap((stage) => {
      const found = stage.triggers.flatMap((trigger, i) =>
        trigger.on === 'upstreamHealthy'
          ? [triggerProblems(delivery, stage, trigger, `${stagePath(stage)}.triggers[${i}]`)]
          : [],
      );
      return found.length === 0 ? [] : [...found.flat(), ...stageProblems(stage)];
    });
