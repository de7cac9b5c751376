import pc from 'picocolors';
import type { Define } from '../command.ts';
import { ClusterError, refusalIn } from '../../clients/kubernetes/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import type { LiveApplication } from '../../engines/live-application.ts';
import { openCluster } from '../../clients/kubernetes/open-cluster.ts';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { applicationsOf, holdsBootstrap, nameOf, typed, unitOf, type UnitName } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { readStatus, type UnitStatus } from '../../ops/status/read-status.ts';
import { strangeProposals } from '../../ops/leftovers/leftovers.ts';
import { ageOf } from '../words/age.ts';
import { describeStray } from '../words/describe-stray.ts';
import { describeLeftover } from '../words/describe-leftover.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { clusterOf } from '../project/cluster-of.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject, type OpenProject } from '../project/open-project.ts';
import { pendingBootstrap, pendingLine, type PendingBootstrap } from '../trees/pending-bootstrap.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { withOps } from '../arguments/write-options.ts';

/** What the cluster says, or why it was not asked. */
type Live = ({ readonly applications: readonly LiveApplication[] } & PendingBootstrap) | { readonly notAsked: string };

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
      const project = openProject(context);
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
        for (const line of describe(status, live, now, tagOptionOf(project.delivery, status), ops.repository.shown))
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

function describe(
  { branch, unreadable, published, waiting, pullRequests = [], leftovers, ...unit }: UnitStatus,
  live: Live,
  now: Date,
  tagOption: string,
  repository: string,
): readonly string[] {
  const row = (name: string, text: string): string => `  ${name.padEnd(10)}${text}`;
  const left = leftovers.map((it) => row('left over', pc.yellow(describeLeftover(it, repository, now))));
  if (unreadable !== undefined)
    return [
      pc.bold(nameOf(unit)),
      ...unreadable.split('\n').map((line) => row('unreadable', pc.red(line.trim()))),
      ...left,
      '',
    ];
  if (published === undefined)
    return [
      pc.bold(nameOf(unit)),
      row('release', `nothing is published on ${branch} yet: npx portolan publish ${typed(unit)}`),
      ...left,
      '',
    ];
  const { release, since, by, source, commit, holds, edits, strays, applied, rendering, emergency } = published;
  const rendered =
    'impossible' in rendering
      ? pc.yellow(
          `this program cannot render it: ${rendering.impossible.split('\n').slice(0, 2).join(' ').replace('portolan: ', '')}`,
        )
      : rendering.differing.length === 0
        ? 'as this program renders it'
        : pc.yellow(
            `${rendering.differing.length === 1 ? '1 file differs' : `${rendering.differing.length} files differ`} from what this program renders: npx portolan diff ${typed(unit)}`,
          );
  return [
    pc.bold(nameOf(unit)),
    row(
      'release',
      `${release}, for ${ageOf(since, now)}, by ${by}${source === undefined || release === source.slice(0, 12) ? '' : `, built from ${source.slice(0, 12)}`}`,
    ),
    row('branch', `${branch} at ${commit.slice(0, 12)}, ${rendered}`),
    ...waiting.map((one) =>
      row(
        'waiting',
        `${nameOf(one)} runs ${one.release}: npx portolan promote ${typed(unit)} --from ${one.environment}${tagOption}`,
      ),
    ),
    ...holds.map((hold) =>
      row(
        'held',
        pc.yellow(
          `${hold.reason} (${hold.by}, ${ageOf(hold.since, now)} ago); to let go: npx portolan unhold ${typed(unit)}`,
        ),
      ),
    ),
    ...(emergency === undefined ? [] : [row('emergency', pc.red(emergency))]),
    ...edits.map(({ path, what, by: author }) =>
      row(
        'edited',
        pc.yellow(
          `${path} ${what}${author === undefined ? '' : ` by ${author.author} in ${author.commit.slice(0, 12)}`}`,
        ),
      ),
    ),
    ...strays.map((path) => row('stray', pc.yellow(describeStray(path, applied)))),
    ...pullRequests.map(({ url, head }) => row('open', `${url} (${head})`)),
    ...left,
    ...describeLive(live, commit, unit.environment).map((text) => row('live', text)),
    '',
  ];
}

function describeLive(live: Live, commit: string, environment: string): readonly string[] {
  if ('notAsked' in live) return [pc.dim(live.notAsked)];
  return [
    ...live.applications.flatMap(({ name, sync, health, revision, operation, message, ailments }) => [
      `${name}: ${health === 'Healthy' && sync === 'Synced' ? pc.green(`${sync}, ${health}`) : pc.yellow(`${sync}, ${health}`)}${revision === undefined ? '' : revision === commit ? ' at this commit' : ` at ${revision.slice(0, 12)}`}${operation === undefined || operation === 'Succeeded' ? '' : `, operation ${operation}`}${message === undefined ? '' : `: ${message}`}`,
      ...ailments.map(
        ({ object, message: text, next }) => `${object}: ${text}${next === undefined ? '' : `; ${next}`}`,
      ),
    ]),
    ...(live.pending.length === 0
      ? []
      : [pc.yellow(`bootstrap pending: ${live.pending.join(', ')}; ${pendingLine(environment)}`)]),
    ...live.steps.map((step) => pc.yellow(step)),
  ];
}
