import type { Define } from '../command.ts';
import { ClusterError, refusalIn, type Cluster } from '../../clients/kubernetes/cluster.ts';
import { readLiveState } from '../../cluster/live-state.ts';
import type { LiveApplication } from '../../engines/live-application.ts';
import { engineOf, usualEngine } from '../../engines/engines.ts';
import { openCluster } from '../../clients/kubernetes/open-cluster.ts';
import { waitUntilHealthy } from '../../cluster/wait-until-healthy.ts';
import { applicationsOf, nameOf, typed } from '../../model/derived/units.ts';
import type { OpsContext } from '../../ops/ops-context.ts';
import { chooseEnvironments } from '../arguments/choose-environments.ts';
import { clusterOf } from '../project/cluster-of.ts';
import { withEnvironment } from '../arguments/environment-argument.ts';
import { openOps } from '../open/open-ops.ts';
import { openProject } from '../project/open-project.ts';
import { pendingBootstrap } from '../trees/pending-bootstrap.ts';
import { pendingLine, type PendingBootstrap } from '../words/pending-line.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { chooseUnits, withApplication, type UnitFlags } from '../arguments/unit-option.ts';
import { withExamples } from '../arguments/with-examples.ts';

interface Options extends UnitFlags {
  readonly timeout: string;
  readonly context?: string;
  readonly ops?: string;
}

/** `portolan wait ENV`: until the cluster runs the tip of the environment's branch, Synced and Healthy. */
export const define: Define = (command, act) => {
  withExamples(withApplication(withEnvironment(command)), 'wait prod --timeout 10m')
    .option('--timeout <duration>', 'how long to wait, e.g. 90s, 10m', '10m')
    .option('--context <name>', 'context of the kubeconfig (default: kubernetes:context of the stack file)')
    .option('--ops <url>', 'path or URL of the ops repository (default: the local one, .portolan/ops.git)')
    .action(
      act(async (context, name: string, options: Options) => {
        const { terminal } = context;
        const timeoutSeconds = secondsOf(options.timeout);
        const project = await openProject(context);
        const [environment] = chooseEnvironments(project.delivery, [name]);
        const ops = await openOps(project, { address: options.ops });
        if (environment === undefined) return false;
        const units = chooseUnits(project.delivery, environment, options).filter(
          (unit) => applicationsOf(environment, unit).length > 0,
        );
        const tips = await Promise.all(
          units.map(async (unit) => {
            const tip = await ops.repository.tip(unit.branch);
            if (tip !== undefined) return { unit, tip };
            throw new UsageError(
              `${ops.repository.shown} has no branch ${unit.branch}; publish it first: npx portolan publish ${typed(unit)}`,
            );
          }),
        );
        const awaited = environment.applications.map(
          (one) => tips.find(({ unit }) => applicationsOf(environment, unit).includes(one))?.tip,
        );
        const [first, ...more] = tips;
        const ofOne = first !== undefined && more.length === 0 ? first : undefined;
        const title = ofOne === undefined ? name : nameOf(ofOne.unit);
        const shownTips =
          ofOne === undefined
            ? tips.map(({ unit, tip }) => `${unit.application ?? name} at ${tip.slice(0, 12)}`).join(', ')
            : ofOne.tip.slice(0, 12);
        const address = clusterOf(project, environment, options.context);
        const opsRepository = opsAddressOf(project.delivery, environment.name);
        let cluster = openCluster(address);
        let isLost = false;
        let shown = '';
        const waited = await waitUntilHealthy({
          revision: awaited.filter((tip) => tip !== undefined),
          timeoutSeconds,
          read: async () => {
            // A new login, or a rotated token, is in the kubeconfig as it is now.
            if (isLost) cluster = openCluster(address);
            const live = await readLiveState(cluster, { delivery: project.delivery, environment, opsRepository });
            return live.filter((_, i) => awaited[i] !== undefined);
          },
          onLost: (error, seconds) => {
            isLost = true;
            shown = '';
            terminal.say(`${seconds.toFixed(0).padStart(4)} s  ${refusalIn(error)}; waiting for it to come back`);
          },
          onLook: (applications, seconds) => {
            isLost = false;
            const line = applications.map(describe).join('; ');
            if (line !== shown) terminal.say(`${seconds.toFixed(0).padStart(4)} s  ${line}`);
            shown = line;
          },
        });
        for (const { object, message, next } of waited.applications.flatMap(({ ailments }) => ailments)) {
          terminal.say(`        ${object}: ${message}${next === undefined ? '' : `\n          ${next}`}`);
        }
        const bootstrap = waited.outcome === 'healthy' ? nothing : await missing(cluster, ops, name);
        for (const step of bootstrap.steps) terminal.say(`        ${step}`);
        const end = bootstrap.lacking.length === 0 ? ends[waited.outcome] : waitsForBootstrap;
        terminal.say(
          end
            .replace('ENGINE', (engineOf(project.delivery, name) ?? usualEngine).title)
            .replaceAll('ROLLBACK', ofOne === undefined ? `${name} --application NAME` : typed(ofOne.unit))
            .replaceAll('ENV', title)
            .replace('REVISION', shownTips)
            .replace('LACKING', bootstrap.lacking.join(', '))
            .replace('MEND', pendingLine(name)),
        );
        terminal.result({
          environment: name,
          ...(ofOne === undefined
            ? { revisions: Object.fromEntries(tips.map(({ unit, tip }) => [unit.application ?? name, tip])) }
            : {
                ...(ofOne.unit.application === undefined ? {} : { application: ofOne.unit.application }),
                revision: ofOne.tip,
              }),
          ...waited,
          ...(bootstrap.pending.length === 0 ? {} : { pending: bootstrap.pending }),
        });
        return waited.outcome === 'healthy';
      }),
    );
};

const ends = {
  healthy: 'ENV runs REVISION: Synced and Healthy.',
  degraded: 'ENV runs REVISION and is Degraded. To go back: npx portolan rollback ROLLBACK',
  timeout:
    'ENV did not become Synced and Healthy at REVISION in time. To see why: npx portolan status; to go back: npx portolan rollback ROLLBACK',
} as const;

/** A rollback would not mend it: no engine applies bootstrap/. */
const waitsForBootstrap =
  'ENV did not become Synced and Healthy at REVISION, and the cluster lacks LACKING of bootstrap/, which ENGINE does not apply: MEND';

const nothing: PendingBootstrap = { pending: [], lacking: [], steps: [] };

/** What of bootstrap/ the cluster lacks; nothing where it cannot be asked any more. */
async function missing(cluster: Cluster, ops: OpsContext, environment: string): Promise<PendingBootstrap> {
  try {
    return await pendingBootstrap(cluster, ops, environment);
  } catch (error) {
    if (error instanceof ClusterError) return nothing;
    throw error;
  }
}

const describe = ({ name, sync, health, revision, operation, message }: LiveApplication): string =>
  `${name}: ${sync}, ${health}${revision === undefined ? '' : ` at ${revision.slice(0, 12)}`}${operation === undefined || operation === 'Succeeded' ? '' : `, operation ${operation}`}${message === undefined ? '' : ` (${message})`}`;

function secondsOf(duration: string): number {
  const { number, unit } = /^(?<number>\d+)(?<unit>s|m|h)?$/.exec(duration)?.groups ?? {};
  const seconds = { s: 1, m: 60, h: 3600 }[unit ?? 's'];
  if (number === undefined || seconds === undefined)
    throw new UsageError(`--timeout: must be a number with s, m or h, e.g. 90s or 10m, got "${duration}"`);
  return Number(number) * seconds;
}
