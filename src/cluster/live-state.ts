import type { Application } from '../model/application.ts';
import { argoApplicationName, environmentBranch } from '../model/names.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { unlessForbidden, type Cluster } from './cluster.ts';
import { listOf, textOf } from './fields.ts';
import type { Ailment } from './live/ailment.ts';
import { ailingBackups } from './live/ailing-backups.ts';
import { failedJobs } from './live/failed-jobs.ts';
import { followsElse, toFollow } from './live/followed-source.ts';
import { stalledDeployments, stuckPods } from './live/stuck-workloads.ts';

/** What one Argo CD Application says. */
export interface LiveApplication {
  readonly name: string;
  /** `Synced`, `OutOfSync`, `Unknown`; `Missing` when there is no Application. */
  readonly sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing`, `Unknown`. */
  readonly health: string;
  /** Commit that the cluster was last compared with. @default - none yet */
  readonly revision?: string;
  /** Phase of the last operation: `Succeeded`, `Running`, `Failed`, `Error`. @default - there was none */
  readonly operation?: string;
  /** What Argo CD says of the operation or of the comparison. @default - nothing */
  readonly message?: string;
  readonly ailments: readonly Ailment[];
}

/** Which environment, and the ops repository that it is to follow. */
export interface LiveQuestion {
  readonly delivery: Delivery;
  readonly environment: Environment;
  /** https URL of the ops repository. */
  readonly opsRepository: string;
  /** Milliseconds since 1970. @default Date.now() */
  readonly now?: number;
}

/**
 * Reads what Argo CD says of an environment, and what it is told not to judge: failed jobs, backups, pods that a rollback does not free. An
 * Application that follows something else has nothing to say of the environment: `Unknown`, and what it follows. What this account may not
 * ask is said where the answer would stand.
 *
 * @throws ClusterError when the cluster cannot be asked at all
 */
export async function readLiveState(cluster: Cluster, question: LiveQuestion): Promise<readonly LiveApplication[]> {
  const { environment, now = Date.now() } = question;
  const looks: readonly (readonly [what: string, look: () => Promise<readonly Ailment[]>])[] = [
    ['the jobs', () => failedJobs(cluster, environment)],
    ['the backups', () => ailingBackups(cluster, environment, now)],
    ['the Deployments', () => stalledDeployments(cluster, environment)],
    ['the pods', () => stuckPods(cluster, environment)],
  ];
  const found = await Promise.all(
    looks.map(([what, look]) =>
      unlessForbidden(look, (why) => [{ object: what, message: `cannot be looked at: ${why}` }]),
    ),
  );
  const live = environment.applications.map((application, i) =>
    unlessForbidden(
      () => readApplication(cluster, question, application, i === 0 ? found.flat() : []),
      (why): LiveApplication => ({
        name: argoApplicationName(question.delivery, environment, application),
        sync: 'Unknown',
        health: 'Unknown',
        message: why,
        ailments: i === 0 ? found.flat() : [],
      }),
    ),
  );
  return Promise.all(live);
}

async function readApplication(
  cluster: Cluster,
  { delivery, environment, opsRepository }: LiveQuestion,
  application: Application,
  others: readonly Ailment[],
): Promise<LiveApplication> {
  const name = argoApplicationName(delivery, environment, application);
  const mend = `pulumi up --stack ${environment.name}, or apply bootstrap/ of the branch ${environmentBranch(environment.name)}`;
  const live = await cluster.read('argoproj.io/v1alpha1', 'Application', name, 'argocd');
  if (live === undefined)
    return {
      name,
      sync: 'Missing',
      health: 'Missing',
      message: `there is no Application ${name} in argocd; ${mend}`,
      ailments: others,
    };
  const elsewhere = followsElse(live, toFollow(environment, application, opsRepository));
  if (elsewhere !== undefined)
    return { name, sync: 'Unknown', health: 'Unknown', message: `${elsewhere}; ${mend}`, ailments: others };
  const revision = textOf(live, 'status', 'sync', 'revision');
  const operation = textOf(live, 'status', 'operationState', 'phase');
  const message = [
    ...listOf(live, 'status', 'conditions').map((condition) => textOf(condition, 'message')),
    operation === 'Succeeded' ? '' : textOf(live, 'status', 'operationState', 'message'),
  ]
    .filter((text) => text !== '')
    .join('; ');
  return {
    name,
    sync: textOf(live, 'status', 'sync', 'status') || 'Unknown',
    health: textOf(live, 'status', 'health', 'status') || 'Unknown',
    ...(revision === '' ? {} : { revision }),
    ...(operation === '' ? {} : { operation }),
    ...(message === '' ? {} : { message }),
    ailments: [...(operation === 'Succeeded' ? [] : refusedResources(live)), ...unhealthyResources(live), ...others],
  };
}

function unhealthyResources(application: unknown): readonly Ailment[] {
  return listOf(application, 'status', 'resources').flatMap((resource): Ailment[] => {
    const health = textOf(resource, 'health', 'status');
    if (health === '' || health === 'Healthy' || health === 'Suspended') return [];
    const message = textOf(resource, 'health', 'message');
    return [
      {
        object: `${textOf(resource, 'kind')}/${textOf(resource, 'name')}`,
        message: message === '' ? health : `${health}: ${message}`,
      },
    ];
  });
}

/** What a sync could not apply. The operation's own message may only count them. */
function refusedResources(application: unknown): readonly Ailment[] {
  return listOf(application, 'status', 'operationState', 'syncResult', 'resources').flatMap((resource): Ailment[] =>
    textOf(resource, 'status') === 'SyncFailed'
      ? [
          {
            object: `${textOf(resource, 'kind')}/${textOf(resource, 'name')}`,
            message: `not synced: ${textOf(resource, 'message')}`,
          },
        ]
      : [],
  );
}
