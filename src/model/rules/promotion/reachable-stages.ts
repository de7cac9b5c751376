import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';

const upstreamOf = ({ intake }: Stage): readonly string[] => (intake.from === 'stages' ? intake.stages : []);

/** Names of the stages that a release can reach: from a supply, or from stages that all can be reached. */
function reachable(stages: readonly Stage[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = new Map<string, Stage[]>();
  const queue = [...stages];
  for (let stage = queue.pop(); stage !== undefined; stage = queue.pop()) {
    const missing = upstreamOf(stage).find((name) => !reached.has(name));
    if (missing !== undefined) {
      waiting.set(missing, [...(waiting.get(missing) ?? []), stage]);
      continue;
    }
    reached.add(stage.name);
    queue.push(...(waiting.get(stage.name) ?? []));
    waiting.delete(stage.name);
  }
  return reached;
}

/** A release can reach every stage, one stage delivers an application to an environment, and something starts each. */
export function reachableStages({ stages }: Delivery): readonly Problem[] {
  const reached = reachable(stages);
  const names = new Set(stages.map(({ name }) => name));
  const delivered = new Map<string, string>();
  return stages.flatMap((stage) => {
    const path = stagePath(stage);
    const problems: Problem[] = [];
    const { intake } = stage;
    const sources = intake.from === 'supply' ? intake.supplies : upstreamOf(stage);
    if (sources.length === 0 && intake.from !== 'program')
      problems.push({ path: `${path}.intake`, message: 'must name at least one to take from', given: [] });
    if (!reached.has(stage.name) && upstreamOf(stage).every((name) => names.has(name))) {
      problems.push({
        path: `${path}.intake`,
        message: 'can never be entered, because the stages it takes from wait for each other',
        given: upstreamOf(stage),
      });
    }
    if (stage.triggers.length === 0 && intake.from !== 'program')
      problems.push({ path: `${path}.triggers`, message: 'must hold at least one, e.g. { on: "manual" }', given: [] });
    stage.triggers.forEach((trigger, i) => {
      if (trigger.on !== 'upstreamHealthy') return;
      for (const upstream of trigger.stages) {
        if (!upstreamOf(stage).includes(upstream))
          problems.push({
            path: `${path}.triggers[${i}]`,
            message: 'waits for a stage that this one does not take from',
            given: upstream,
          });
      }
    });
    const place = `${stage.environment}/${stage.application}`;
    const other = delivered.get(place);
    if (other !== undefined && other !== stage.name)
      problems.push({
        path: `${path}.application`,
        message: `is delivered to ${stage.environment} by stages.${other} already; one stage delivers it`,
        given: stage.application,
      });
    delivered.set(place, other ?? stage.name);
    return problems;
  });
}
