import type { Delivery } from '../model/delivery.ts';
import { isPromotedByBuild, pushesOf } from '../model/pushes.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import { expression, type Job, type On, type Workflow } from '../hosts/workflow/workflow.ts';
import { promoterOf } from '../promoters/promoters.ts';
import { buildJobs, isBuiltIn } from './build-jobs.ts';
import { afterChecks } from './check-jobs.ts';
import { releaseWorkflows, releaseTagPatterns } from './release-workflows.ts';

/** Workflows of a source repository: build what is pushed and promote it, and release what is tagged. */
export function sourceWorkflows(delivery: Delivery, source: Repository): readonly Workflow[] {
  const supplies = delivery.supplies.filter((supply) => isBuiltIn(supply, source));
  return [
    ...supplies.map((supply) => deliver(delivery, source, supply)),
    ...delivery.stages.flatMap((stage) => releaseWorkflows(delivery, source, stage)),
  ];
}

/**
 * On a push, or by hand where the supply says so: each image once, tagged with the commit, then a promotion to every stage that the
 * push starts.
 */
function deliver(delivery: Delivery, source: Repository, supply: Supply): Workflow {
  const byHand = ({ triggers }: Stage | Supply): boolean => triggers.some(({ on }) => on === 'manual');
  const { jobs, ...build } = buildJobs(delivery, source, [supply]);
  const promotions = delivery.stages
    .filter((stage) => isPromotedByBuild(stage, supply) && releaseTagPatterns(stage, source).length === 0)
    .flatMap((stage): readonly (readonly [string, Job])[] => {
      const call = { ...build, commit: expression('github.sha'), needs: Object.keys(jobs) };
      const job = promoterOf(stage)?.job?.(delivery, source, stage, call);
      if (job === undefined) return [];
      return [
        [
          `promote-${stage.name}`,
          byHand(supply) && !byHand(stage) ? { ...job, if: "github.event_name == 'push'" } : job,
        ],
      ];
    });
  return {
    file: `deliver-${supply.name}`,
    name: `Deliver ${supply.name}`,
    comment: 'Builds every commit once and promotes it. Written by: portolan workflows --write. Do not edit.',
    on: { ...pushFilter(supply), ...(byHand(supply) ? { workflow_dispatch: {} } : {}) },
    jobs: { ...afterChecks(supply, jobs), ...Object.fromEntries(promotions) },
  };
}

/** The pushes that build, as one filter; GitHub takes no list of branches to ignore beside one of branches, but exceptions in it. */
function pushFilter({ triggers }: Supply): Pick<On, 'push'> {
  const pushes = pushesOf(triggers);
  if (pushes.length === 0) return {};
  const all = (key: 'branches' | 'branchesIgnore' | 'paths'): readonly string[] => [
    ...new Set(pushes.flatMap((push) => push[key] ?? [])),
  ];
  const paths = all('paths');
  return {
    push: {
      branches: [...all('branches'), ...all('branchesIgnore').map((branch) => `!${branch}`)],
      ...(paths.length === 0 ? {} : { paths }),
    },
  };
}
