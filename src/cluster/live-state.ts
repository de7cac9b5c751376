import { argoApplicationName } from '../model/names.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { Cluster } from './cluster.ts';
import { fieldOf, listOf, textOf } from './fields.ts';

/** Something that Argo CD says is not well, or a job that failed, which Argo CD is told not to look at. */
export interface Ailment {
  /** `Kind/name`. */
  readonly object: string;
  readonly message: string;
  /** What to type. @default - nothing that a command could do */
  readonly next?: string;
}

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

/** Reads what Argo CD says of an environment, and what it is told not to judge: failed jobs, pods that a rollback does not free. */
export async function readLiveState(
  cluster: Cluster,
  delivery: Delivery,
  environment: Environment,
): Promise<readonly LiveApplication[]> {
  const found = await Promise.all([
    failedJobs(cluster, environment),
    stalledDeployments(cluster, environment),
    stuckPods(cluster, environment),
  ]);
  return Promise.all(
    environment.applications.map(async (application, i): Promise<LiveApplication> => {
      const name = argoApplicationName(delivery, environment, application);
      const live = await cluster.read('argoproj.io/v1alpha1', 'Application', name, 'argocd');
      const others = i === 0 ? found.flat() : [];
      if (live === undefined)
        return {
          name,
          sync: 'Missing',
          health: 'Missing',
          message: `there is no Application ${name} in argocd; kubectl apply -f bootstrap/, or pulumi up --stack ${environment.name}`,
          ailments: others,
        };
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
        ailments: [
          ...(operation === 'Succeeded' ? [] : refusedResources(live)),
          ...unhealthyResources(live),
          ...others,
        ],
      };
    }),
  );
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

/** The newest job of each CronJob, where it failed. */
async function failedJobs(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const jobs = await cluster.list('batch/v1', 'Job', environment.namespace);
  const newest = new Map<string, (typeof jobs)[number]>();
  for (const job of jobs) {
    const owner = textOf(job, 'metadata', 'ownerReferences', 0, 'name');
    const known = newest.get(owner);
    if (owner !== '' && (known === undefined || createdAt(job) > createdAt(known))) newest.set(owner, job);
  }
  return [...newest].flatMap(([owner, job]): Ailment[] => {
    const failure = listOf(job, 'status', 'conditions').find(
      (condition) => textOf(condition, 'type') === 'Failed' && textOf(condition, 'status') === 'True',
    );
    if (failure === undefined) return [];
    const next = `kubectl --context ${cluster.context} -n ${environment.namespace} logs job/${job.metadata.name}`;
    return [
      {
        object: `CronJob/${owner}`,
        message: `its last job failed: ${textOf(failure, 'message') || textOf(failure, 'reason')}`,
        next,
      },
    ];
  });
}

/** Creation time; the client gives a Date, the API a string. */
function createdAt(object: unknown): number {
  const value = fieldOf(object, 'metadata', 'creationTimestamp');
  return value instanceof Date ? value.getTime() : Date.parse(String(value));
}

/** Deployments that made no progress for too long. Argo CD 3 keeps the health of the whole Application alone, and not whose it is. */
async function stalledDeployments(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const deployments = await cluster.list('apps/v1', 'Deployment', environment.namespace);
  return deployments.flatMap((deployment): Ailment[] => {
    const stalled = listOf(deployment, 'status', 'conditions').find(
      (condition) => textOf(condition, 'reason') === 'ProgressDeadlineExceeded',
    );
    return stalled === undefined
      ? []
      : [
          {
            object: `Deployment/${deployment.metadata.name}`,
            message: `exceeded its progress deadline: ${textOf(stalled, 'message')}`,
          },
        ];
  });
}

/**
 * Pods that do not start, one of each generation of a workload. Those of a StatefulSet need a hand: it does not replace them, not even
 * after a rollback.
 */
async function stuckPods(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const pods = await cluster.list('v1', 'Pod', environment.namespace);
  const seen = new Set<string>();
  return pods.flatMap((pod): Ailment[] => {
    const owner = listOf(pod, 'metadata', 'ownerReferences').find((one) =>
      ['StatefulSet', 'ReplicaSet'].includes(textOf(one, 'kind')),
    );
    const waiting = listOf(pod, 'status', 'containerStatuses')
      .map((status) => fieldOf(status, 'state', 'waiting'))
      .find((one) => stuckReasons.has(textOf(one, 'reason')));
    if (owner === undefined || waiting === undefined) return [];
    const [object, reason] = [`Pod/${pod.metadata.name}`, textOf(waiting, 'reason')];
    if (textOf(owner, 'kind') === 'StatefulSet') {
      // Told to wait, kubectl may wait for the end of the pod that comes in its place.
      const next = `kubectl --context ${cluster.context} -n ${environment.namespace} delete pod ${pod.metadata.name} --wait=false`;
      return [{ object, message: `${reason}; a StatefulSet keeps such a pod even after a rollback`, next }];
    }
    const name = textOf(owner, 'name');
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ object, message: [reason, textOf(waiting, 'message')].filter((text) => text !== '').join(': ') }];
  });
}

const stuckReasons = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
]);
