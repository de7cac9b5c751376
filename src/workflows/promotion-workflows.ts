import type { Delivery } from '../model/delivery.ts';
import { eventTypesOf } from '../model/derived/looks/engine-word.ts';
import { isStartedByHealth } from '../model/stage.ts';
import type { Workflow } from '../hosts/workflow/workflow.ts';
import { promoterOf } from '../promoters/promoters.ts';

/** Minutes past each hour, away from those when everybody's workflows start. GitHub may be late, and skips times where much is going on. */
const looksAt = '11,26,41,56 * * * *';

/** Workflows of the program that look, for each stage that health starts, whether there is something to promote to it. */
export const promotionWorkflows = (delivery: Delivery): readonly Workflow[] =>
  delivery.stages.filter(isStartedByHealth).flatMap((stage) => {
    const job = promoterOf(stage)?.look?.(delivery, stage);
    if (job === undefined) return [];
    const before = stage.intake.from === 'stages' ? stage.intake.stages.join(' and ') : '';
    const types = eventTypesOf(delivery, stage);
    return [
      {
        file: `promote-${stage.name}`,
        name: `Promote to ${stage.name}`,
        comment: `Promotes what is healthy in ${before} to ${stage.name}; mostly there is nothing to do. Written by: portolan workflows --write. Do not edit.`,
        on: {
          ...(types.length === 0 ? {} : { repository_dispatch: { types } }),
          schedule: [{ cron: looksAt }],
          workflow_dispatch: {},
        },
        // What waits looks at the same, later.
        oneAtATime: `portolan-promote-${stage.name}`,
        jobs: { look: job },
      },
    ];
  });
