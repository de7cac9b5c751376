import type { Delivery } from '../model/delivery.ts';
import {
  isPromotedByBuild,
  pushesOf,
  startsByBuild,
  timedOrSentOf,
  type TimedOrSent,
} from '../model/derived/pushes.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import { expression, type Job, type On, type Workflow } from '../hosts/workflow/workflow.ts';
import { promoterOf } from '../promoters/promoters.ts';
import { buildJobs, isBuiltIn, tryJobs } from './build-jobs.ts';
import { afterChecks } from './check-jobs.ts';
import { copyJob } from './copy-job.ts';
import { discoverWorkflows } from './discover-workflow.ts';
import { releaseWorkflows, releaseTagPatterns } from './release-workflows.ts';

/** Workflows of a source repository: build what is pushed and promote it, try what is proposed, and release what is tagged. */
export function sourceWorkflows(delivery: Delivery, source: Repository): readonly Workflow[] {
  const supplies = delivery.supplies.filter((supply) => isBuiltIn(supply, source));
  return [
    ...supplies.flatMap((supply) => [deliver(delivery, source, supply), ...attempt(delivery, supply)]),
    ...delivery.supplies.filter((supply) => isCopied(supply, source)).map((supply) => copy(delivery, source, supply)),
    ...delivery.stages.flatMap((stage) => [
      ...releaseWorkflows(delivery, source, stage),
      ...discoverWorkflows(delivery, source, stage),
    ]),
  ];
}

/**
 * On a push, on an event, at a time, or by hand where the supply says so: each image once, tagged with the commit, then a promotion to
 * every stage that the same starts.
 */
function deliver(delivery: Delivery, source: Repository, supply: Supply): Workflow {
  const { jobs, callFor } = buildJobs(delivery, source, [supply]);
  const promotions = delivery.stages
    .filter((stage) => isStartedByBuild(stage, supply) && releaseTagPatterns(stage, source).length === 0)
    .flatMap((stage): readonly (readonly [string, Job])[] => {
      const call = { ...callFor(stage), commit: expression('github.sha'), needs: Object.keys(jobs) };
      const job = promoterOf(stage)?.job?.(delivery, source, stage, call);
      if (job === undefined) return [];
      const condition = promotedOn(stage, supply);
      return [[`promote-${stage.name}`, condition === undefined ? job : { ...job, if: condition }]];
    });
  return {
    file: `deliver-${supply.name}`,
    name: `Deliver ${supply.name}`,
    comment: 'Builds every commit once and promotes it. Written by: portolan workflows --write. Do not edit.',
    on: { ...pushFilter(supply), ...startFilter(supply), ...(byHand(supply) ? { workflow_dispatch: {} } : {}) },
    jobs: { ...afterChecks(supply, jobs), ...Object.fromEntries(promotions) },
  };
}

/** Whether workflows of a repository copy its tested commits to where a builder in a cluster reads them. */
const isCopied = (supply: Supply, source: Repository): boolean =>
  supply.source === source.name && supply.copiesTo !== undefined && !isBuiltIn(supply, source);

/** On a push, on an event, at a time, or by hand: the checks, and then the commit goes where it is built. */
const copy = (delivery: Delivery, source: Repository, supply: Supply): Workflow => ({
  file: `deliver-${supply.name}`,
  name: `Deliver ${supply.name}`,
  comment:
    'Tests every commit and copies it to where it is built. Written by: portolan workflows --write. Do not edit.',
  on: { ...pushFilter(supply), ...startFilter(supply), ...(byHand(supply) ? { workflow_dispatch: {} } : {}) },
  jobs: afterChecks(supply, { copy: copyJob(delivery, source, supply) }),
});

/** On a pull request: what would be merged is checked and built, with nothing in hand that could publish it. */
function attempt(delivery: Delivery, supply: Supply): readonly Workflow[] {
  const pull = supply.triggers.find((trigger) => trigger.on === 'pullRequest');
  if (pull === undefined) return [];
  const { branches, paths } = pull;
  return [
    {
      file: `try-${supply.name}`,
      name: `Try ${supply.name}`,
      comment:
        'Builds what a pull request would merge, and publishes nothing. Written by: portolan workflows --write. Do not edit.',
      on: {
        pull_request: { ...(branches === undefined ? {} : { branches }), ...(paths === undefined ? {} : { paths }) },
      },
      jobs: afterChecks(supply, tryJobs(delivery, supply)),
    },
  ];
}

const byHand = ({ triggers }: Stage | Supply): boolean => triggers.some(({ on }) => on === 'manual');

const isStartedByBuild = (stage: Stage, supply: Supply): boolean =>
  isPromotedByBuild(stage, supply) || startsByBuild(stage, supply).length > 0;

/** The condition under which a build is promoted to a stage; nothing where whatever builds promotes. */
function promotedOn(stage: Stage, supply: Supply): string | undefined {
  const starts = startsByBuild(stage, supply);
  const kinds: readonly (readonly [boolean, boolean, string])[] = [
    [pushesOf(supply.triggers).length > 0, isPromotedByBuild(stage, supply), "github.event_name == 'push'"],
    [byHand(supply), byHand(stage), "github.event_name == 'workflow_dispatch'"],
    ...timedOrSentOf(supply.triggers).map((start) => [true, starts.includes(start), conditionOf(start)] as const),
  ];
  const builds = kinds.filter(([isBuilt]) => isBuilt);
  return builds.every(([, isPromoted]) => isPromoted)
    ? undefined
    : builds.flatMap(([, isPromoted, condition]) => (isPromoted ? [condition] : [])).join(' || ');
}

const conditionOf = (start: TimedOrSent): string =>
  start.on === 'dispatch'
    ? `github.event_name == 'repository_dispatch' && github.event.action == '${start.event}'`
    : `github.event_name == 'schedule' && github.event.schedule == '${start.cron}'`;

/** Events and times that build. */
function startFilter({ triggers }: Supply): Pick<On, 'repository_dispatch' | 'schedule'> {
  const starts = timedOrSentOf(triggers);
  const types = [...new Set(starts.flatMap((start) => (start.on === 'dispatch' ? [start.event] : [])))];
  const times = [...new Set(starts.flatMap((start) => (start.on === 'schedule' ? [start.cron] : [])))];
  return {
    ...(types.length === 0 ? {} : { repository_dispatch: { types } }),
    ...(times.length === 0 ? {} : { schedule: times.map((cron) => ({ cron })) }),
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
