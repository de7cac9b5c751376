import pc from 'picocolors';
import type { Define } from '../command.ts';
import { ClusterError, refusalIn } from '../../clients/kubernetes/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import { openCluster } from '../../clients/kubernetes/open-cluster.ts';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { applicationsOf, holdsBootstrap, unitOf, type UnitName } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { readStatus } from '../../ops/status/read-status.ts';
import { strangeProposals } from '../../ops/leftovers/leftovers.ts';
import { describeStatus, type Live } from '../words/describe-status.ts';
import { describeLeftover } from '../words/describe-leftover.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { clusterOf } from '../project/cluster-of.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject, type OpenProject } from '../project/open-project.ts';
import { pendingBootstrap } from '../trees/pending-bootstrap.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';

/** `portolan status`: where every environment stands: release, lag, holds, edits, and what is live. */
export const define: Define = (command, act) => {
  withOps(
    withExamples(command, 'status', 'status prod --no-cluster')
      .argument('[environments...]', 'only these (default: all)')
      .option('--context <name>', 'context of the kubeconfig (default: kubernetes:context of the stack file)')
      .option('--no-cluster', 'ask no cluster'),
  ).action(
    act(async (context, names: string[], options: { ops?: string; context?: string; cluster: boolean }) => {
      const { terminal } = context;
      const project = await openProject(context);
      const environments = chooseEnvironments(project.delivery, names);
      const ops = await openOps(project, { address: options.ops });
      const statuses = await readStatus(ops, environments);
      const now = ops.clock();
      const lives = new Map(
        await Promise.all(
          environments.map(async (environment): Promise<[string, Live]> => [
            environment.name,
            options.cluster ? await askCluster(project, ops, environment, options.context) : { notAsked: 'not asked' },
          ]),
        ),
      );
      const all = statuses.map((status) => ({
        ...status,
        live: liveOf(environmentOf(project.delivery, status.environment), status, lives.get(status.environment)),
      }));
      for (const { live, ...status } of all)
        for (const line of describeStatus(status, live, {
          now,
          tagOption: tagOptionOf(project.delivery, status),
          repository: ops.repository.shown,
        }))
          terminal.say(line);
      const strange = names.length === 0 ? await strangeProposals(ops) : [];
      for (const branch of strange)
        terminal.say(pc.yellow(`left over: ${describeLeftover(branch, ops.repository.shown, now)}`));
      terminal.result({
        repository: ops.repository.shown,
        environments: all,
        ...(strange.length === 0 ? {} : { leftovers: strange }),
      });
      return true;
    }),
  );
};

async function askCluster(
  project: OpenProject,
  ops: OpsContext,
  environment: Environment,
  asked: string | undefined,
): Promise<Live> {
  try {
    const cluster = openCluster({ ...clusterOf(project, environment, asked), timeoutMs: 5000 });
    const opsRepository = opsAddressOf(project.delivery, environment.name);
    const [applications, bootstrap] = await Promise.all([
      readLiveState(cluster, { delivery: ops.delivery, environment, opsRepository }),
      pendingBootstrap(cluster, ops, environment.name),
    ]);
    return { applications, ...bootstrap };
  } catch (error) {
    if (error instanceof ClusterError) return { notAsked: `not asked: ${refusalIn(error)}` };
    throw error;
  }
}

/** What the cluster says of one unit of an environment. */
function liveOf(environment: Environment, unit: UnitName, live: Live = { notAsked: 'not asked' }): Live {
  if ('notAsked' in live) return live;
  const own = applicationsOf(environment, unit);
  return {
    // In the order of the environment's.
    applications: live.applications.filter((_, i) => own.some((it) => it === environment.applications[i])),
    ...(holdsBootstrap(unit)
      ? { pending: live.pending, lacking: live.lacking, steps: live.steps }
      : { pending: [], lacking: [], steps: [] }),
  };
}

/** What a promotion needs besides the environment it comes from: where releases are tags, the tag that makes it one. */
function tagOptionOf(delivery: Delivery, unit: UnitName): string {
  const { stage } = unitOf(delivery, unit);
  return stage?.versions?.kind === 'semver' && stage.triggers.some(({ on }) => on === 'gitTag') ? ' --git-tag TAG' : '';
}
