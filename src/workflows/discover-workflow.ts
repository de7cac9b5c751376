import { minutesBetweenLooks } from '../model/derived/kargo/registry-looks.ts';
import { cronOf, isLookedForAtTimes, lookedFor } from '../model/derived/looks/looked-for.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Workflow } from '../hosts/workflow/workflow.ts';
import { promoterOf } from '../promoters/promoters.ts';

/**
 * Looks for the newest images of a stage at times, and promotes them: the builder runs somewhere else, and no job knows what it built. By hand it looks at
 * once, which is also what somebody does whom a registry tells something. Nothing where no stage of the source asks for it.
 */
export function discoverWorkflows(delivery: Delivery, source: Repository, stage: Stage): readonly Workflow[] {
  const [supply] = lookedFor(delivery, stage).filter((it) => it.source === source.name);
  if (supply === undefined || !isLookedForAtTimes(delivery, stage)) return [];
  const call = { env: {}, arguments: ['--newest'], needs: [] };
  const job = promoterOf(stage)?.job?.(delivery, source, stage, call);
  if (job === undefined) return [];
  const minutes = Math.min(...lookedFor(delivery, stage).map((it) => minutesBetweenLooks(delivery, it)));
  return [
    {
      file: `discover-${stage.name}`,
      name: `Look for what ${stage.name} takes`,
      comment: `Promotes the newest tested image that the registry has to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
      on: { schedule: [{ cron: cronOf(minutes) }], workflow_dispatch: {} },
      oneAtATime: `portolan-discover-${stage.name}`,
      jobs: { [`promote-${stage.name}`]: job },
    },
  ];
}
