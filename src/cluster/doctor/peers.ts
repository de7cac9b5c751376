import type { PodPeer } from '../../model/network/pod-peer.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { lacks, ok, type Examined } from './examined.ts';
import { isReady } from './is-ready.ts';

/** Pods that network policies name: a wrong label is an outage, because the policies would let nobody through. */
export async function examinePeer(
  cluster: Cluster,
  what: string,
  peer: PodPeer,
  path: string,
): Promise<readonly Examined[]> {
  const labels = Object.entries(peer.podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const subject = `${what}: pods ${labels} in ${peer.namespace}`;
  const pods = await cluster.list('v1', 'Pod', peer.namespace, peer.podLabels);
  if (pods.length === 0)
    return [
      lacks(
        subject,
        `no pod has these labels, so the network policies would cut it off; correct ${path} of the environment in project.ts`,
        `kubectl --context ${cluster.context} get pods -A --show-labels`,
      ),
    ];
  return [
    pods.some(isReady)
      ? ok(subject)
      : lacks(
          subject,
          'none of them is ready',
          `kubectl --context ${cluster.context} -n ${peer.namespace} describe pods -l ${labels}`,
        ),
  ];
}
