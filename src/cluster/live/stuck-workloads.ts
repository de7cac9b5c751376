import type { Environment } from '../../model/environment.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { fieldAt, listAt, textAt } from '../../objects/fields-at.ts';
import type { Ailment } from '../../engines/ailment.ts';
import { listIn } from './list-in.ts';

/** Deployments that made no progress for too long. An engine may keep the health of the whole application alone, and not whose it is. */
export async function stalledDeployments(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const deployments = await listIn(cluster, 'apps/v1', 'Deployment', environment);
  return deployments.flatMap((deployment): Ailment[] => {
    const stalled = listAt(deployment, 'status', 'conditions').find(
      (condition) => textAt(condition, 'reason') === 'ProgressDeadlineExceeded',
    );
    return stalled === undefined
      ? []
      : [
          {
            object: `Deployment/${deployment.metadata.name}`,
            message: `exceeded its progress deadline: ${textAt(stalled, 'message')}`,
          },
        ];
  });
}

/**
 * Pods that do not start, one of each generation of a workload. Those of a StatefulSet need a hand: it does not replace them, not even
 * after a rollback.
 */
export async function stuckPods(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const pods = await listIn(cluster, 'v1', 'Pod', environment);
  const seen = new Set<string>();
  return pods.flatMap((pod): Ailment[] => {
    const owner = listAt(pod, 'metadata', 'ownerReferences').find((one) =>
      ['StatefulSet', 'ReplicaSet'].includes(textAt(one, 'kind')),
    );
    const waiting = listAt(pod, 'status', 'containerStatuses')
      .map((status) => fieldAt(status, 'state', 'waiting'))
      .find((one) => stuckReasons.has(textAt(one, 'reason')));
    if (owner === undefined || waiting === undefined) return [];
    const [object, reason] = [`Pod/${pod.metadata.name}`, textAt(waiting, 'reason')];
    if (textAt(owner, 'kind') === 'StatefulSet') {
      // Told to wait, kubectl may wait for the end of the pod that comes in its place.
      const next = `kubectl --context ${cluster.context} -n ${pod.metadata.namespace ?? environment.namespace} delete pod ${pod.metadata.name} --wait=false`;
      return [{ object, message: `${reason}; a StatefulSet keeps such a pod even after a rollback`, next }];
    }
    const name = textAt(owner, 'name');
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ object, message: [reason, textAt(waiting, 'message')].filter((text) => text !== '').join(': ') }];
  });
}

const stuckReasons = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CrashLoopBackOff',
  'CreateContainerConfigError',
]);
