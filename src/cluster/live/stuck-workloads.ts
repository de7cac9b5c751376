import type { Environment } from '../../model/environment.ts';
import type { Cluster } from '../cluster.ts';
import { fieldOf, listOf, textOf } from '../fields.ts';
import type { Ailment } from '../../engines/ailment.ts';

/** Deployments that made no progress for too long. An engine may keep the health of the whole application alone, and not whose it is. */
export async function stalledDeployments(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
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
export async function stuckPods(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
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
