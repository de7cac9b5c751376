import { environmentOf } from '../../model/delivery.ts';
import { describeCpu, describeMemory } from '../../model/formats/quantity.ts';
import { unitOf } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import { requestsOf } from '../../model/rules/workload/capacity.ts';
import { valueAt } from '../../objects/fields.ts';
import { historyLine } from '../../ops/history/history-line.ts';
import { readHistory } from '../../ops/history/read-history.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { OpsError } from '../../ops/ops-error.ts';
import { readStatus, type UnitStatus } from '../../ops/status/read-status.ts';
import { shownReleases } from '../../ops/status/shown-releases.ts';
import { serviceSheets } from '../../page/now/service-sheet.ts';
import type { EnvironmentState, PageState, UnitState } from '../../page/page-state.ts';
import { gateWords } from '../../review/graph/course-words.ts';
import { graphOf } from '../../review/graph/graph-of.ts';
import { shownToReaders } from './host-of-copy.ts';
import { picturesOf } from './pictures-of.ts';
import type { OpenProject } from '../project/open-project.ts';
import { askClusters, type ClusterFlags } from '../ask/ask-clusters.ts';
import { commitPages } from '../open/commit-pages.ts';
import { Reviews, type ReviewedRevisions } from './reviews.ts';
import { sourceTimes } from './source-times.ts';
import type { Invocation } from '../command.ts';

/** What the page is read from, and as of when. */
export interface PageSources {
  readonly ops: OpsContext;
  readonly version: string;
  /** As of when, in UTC, e.g. `2026-01-31T12:00:00Z`. */
  readonly at: string;
  /** Checkouts of the sources, for the times of their commits. */
  readonly sourceFolders: readonly string[];
  readonly flags: ClusterFlags;
  /** Two commits of the program to compare, and what called it. @default - none are compared */
  readonly program?: { readonly range: readonly [string, string]; readonly invocation: Invocation };
  /** Two commits of one branch, of which alone there is a review. @default - every change that waits has one */
  readonly revisions?: ReviewedRevisions;
}

/** Reads everything that the page shows. */
export async function pageStateOf(
  project: OpenProject,
  { ops, version, at, sourceFolders, flags, program, revisions }: PageSources,
): Promise<PageState> {
  const { delivery } = project;
  const { statuses, withoutPullRequests } = await statusesOf(ops, delivery.environments);
  const graph = graphOf(delivery, shownReleases(delivery, statuses));
  const liveOf = await askClusters(project, ops, delivery.environments, flags);
  const unitState = async (status: UnitStatus): Promise<UnitState> => {
    const { stage, branch } = unitOf(delivery, status);
    const gate = stage === undefined ? undefined : gateWords(stage.gate);
    const tip = await ops.repository.tip(branch);
    const { entries, unreadable } =
      tip === undefined ? { entries: [], unreadable: [] } : await readHistory(ops.repository, tip);
    const live = liveOf(status);
    return {
      status,
      live: 'notAsked' in live ? live : { applications: live.applications, pending: live.pending },
      ...(gate === undefined ? {} : { gate }),
      states: entries.map(historyLine),
      unreadable,
    };
  };
  const environments = await Promise.all(
    graph.harbours.map(async (harbour): Promise<EnvironmentState> => {
      const environment = environmentOf(delivery, harbour.name);
      return {
        name: harbour.name,
        place: harbour.place,
        units: await Promise.all(statuses.filter((status) => status.environment === harbour.name).map(unitState)),
        services: serviceSheets(environment),
        capacity: capacityOf(environment),
      };
    }),
  );
  const place = await shownToReaders(ops.repository);
  const reviews = new Reviews(project, ops, graph);
  return {
    title: delivery.name,
    version,
    at,
    repository: place.shown,
    commitAddress: commitPages(project, place),
    ...(await picturesOf(graph)),
    environments,
    sourceTimes: await sourceTimes(
      sourceFolders,
      environments.flatMap(({ units }) => units.flatMap(({ states }) => states.flatMap(({ sources = [] }) => sources))),
    ),
    reviews:
      revisions !== undefined
        ? [await reviews.ofRevisions(revisions, statuses)]
        : [
            ...(program === undefined ? [] : [await reviews.ofPrograms(program.invocation, program.range)]),
            ...(await Promise.all(statuses.map((status) => reviews.ofProposals(status)))).flat(),
          ],
    ...(withoutPullRequests === undefined ? {} : { withoutPullRequests }),
  };
}

/** Where every unit stands; without pull requests where the token may read the repository and not these, as many that only read may. */
async function statusesOf(
  ops: OpsContext,
  environments: readonly Environment[],
): Promise<{ readonly statuses: readonly UnitStatus[] } & Pick<PageState, 'withoutPullRequests'>> {
  try {
    return { statuses: await readStatus(ops, environments) };
  } catch (error) {
    if (!(error instanceof OpsError) || error.code !== 'denied' || ops.pullRequests === undefined) throw error;
    const { pullRequests: _, ...rest } = ops;
    return {
      statuses: await readStatus(rest, environments),
      withoutPullRequests: error.refusals[0]?.what ?? error.subject,
    };
  }
}

function capacityOf(environment: Environment): EnvironmentState['capacity'] {
  const { cpu, memory } = requestsOf(environment);
  const { capacity } = environment.cluster;
  const besides = uncounted(environment);
  return {
    cpu: describeCpu(cpu),
    memory: describeMemory(memory),
    ...(capacity === undefined ? {} : { of: capacity }),
    ...(besides === '' ? {} : { besides }),
  };
}

/** What of an environment runs pods that the model does not count, in words. */
function uncounted({ applications }: Environment): string {
  const objects = applications.flatMap((application) => application.objects ?? []);
  return [
    ...(applications.some(({ helmCharts = [] }) => helmCharts.length > 0) ? ['charts'] : []),
    ...(objects.some((object) => valueAt(object, 'spec', 'template', 'spec') !== undefined)
      ? ['hand-written objects']
      : []),
  ].join(' and ');
}
