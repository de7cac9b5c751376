/** What `constructs` of the package exports: the cdk8s constructs that a project may use itself. */
export { NetworkPolicy, type NetworkPolicyProps } from '../constructs/network/network-policy.ts';
export type { Allowance, Peer, Traffic, TrafficPort } from '../constructs/network/traffic.ts';
export type { Neighbour, NeighbourPeer, NeighbourPort } from '../constructs/neighbour.ts';
export { Place, type PodCredential } from '../constructs/place.ts';
export { RawObject, type RawObjectProps } from '../constructs/raw-object.ts';
export { ServiceWorkload, type ServiceWorkloadProps } from '../constructs/service-workload.ts';
export { VolumeClaim, type VolumeClaimProps } from '../constructs/volume-claim.ts';
export type { EngineMarks } from '../model/derived/engine-marks.ts';
