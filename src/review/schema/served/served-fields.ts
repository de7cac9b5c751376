import type { KubernetesLine } from '../../../model/environment.ts';

/**
 * Since when a field works. Before that an API server drops it in silence or refuses it, unless the cluster switches
 * its feature gate on.
 */
export type ServedField = {
  /** Only these values are newer than the field. @default - the whole field is */
  readonly values?: readonly string[];
} & (
  | {
      /** First line on which it works without a setting of the cluster. */
      readonly since: KubernetesLine;
      /** @default - no gate: earlier lines do not know it */
      readonly gate?: string;
    }
  | {
      /** Every line up to 1.36 leaves it off. */
      readonly since?: never;
      readonly gate: string;
    }
);

/**
 * Fields in `schemas/` that not every Kubernetes line from 1.28 to 1.36 acts upon, by definition and name.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
 * @see https://github.com/kubernetes/api the `types.go` of v0.28 to v0.36
 */
export const servedFields: Readonly<Record<string, Readonly<Record<string, ServedField>>>> = {
  'apiextensions.k8s.io#v1.CustomResourceDefinitionVersion': {
    selectableFields: { since: '1.31', gate: 'CustomResourceFieldSelectors' },
  },
  'apps#v1.RollingUpdateStatefulSetStrategy': { maxUnavailable: { gate: 'MaxUnavailableStatefulSet' } },
  'autoscaling#v2.HPAScalingRules': { tolerance: { since: '1.35', gate: 'HPAConfigurableTolerance' } },
  'batch#v1.JobSpec': {
    backoffLimitPerIndex: { since: '1.29', gate: 'JobBackoffLimitPerIndex' },
    managedBy: { since: '1.32', gate: 'JobManagedBy' },
    maxFailedIndexes: { since: '1.29', gate: 'JobBackoffLimitPerIndex' },
    podReplacementPolicy: { since: '1.29', gate: 'JobPodReplacementPolicy' },
    successPolicy: { since: '1.31', gate: 'JobSuccessPolicy' },
  },
  'batch#v1.PodFailurePolicyRule': {
    action: { since: '1.29', gate: 'JobBackoffLimitPerIndex', values: ['FailIndex'] },
  },
  'coordination.k8s.io#v1.LeaseSpec': {
    preferredHolder: { gate: 'CoordinatedLeaderElection' },
    strategy: { gate: 'CoordinatedLeaderElection' },
  },
  'core#v1.Container': {
    resizePolicy: { since: '1.33', gate: 'InPlacePodVerticalScaling' },
    restartPolicy: { since: '1.29', gate: 'SidecarContainers' },
    restartPolicyRules: { since: '1.35', gate: 'ContainerRestartRules' },
  },
  'core#v1.EnvVarSource': { fileKeyRef: { since: '1.35', gate: 'EnvFiles' } },
  'core#v1.Lifecycle': { stopSignal: { gate: 'ContainerStopSignals' } },
  'core#v1.LifecycleHandler': { sleep: { since: '1.30', gate: 'PodLifecycleSleepAction' } },
  'core#v1.PersistentVolumeClaimSpec': { volumeAttributesClassName: { since: '1.34', gate: 'VolumeAttributesClass' } },
  'core#v1.PersistentVolumeSpec': { volumeAttributesClassName: { since: '1.34', gate: 'VolumeAttributesClass' } },
  'core#v1.PodAffinityTerm': {
    matchLabelKeys: { since: '1.31', gate: 'MatchLabelKeysInPodAffinity' },
    mismatchLabelKeys: { since: '1.31', gate: 'MatchLabelKeysInPodAffinity' },
  },
  'core#v1.PodSecurityContext': {
    appArmorProfile: { since: '1.30' },
    seLinuxChangePolicy: { since: '1.33', gate: 'SELinuxChangePolicy' },
    supplementalGroupsPolicy: { since: '1.33', gate: 'SupplementalGroupsPolicy' },
  },
  'core#v1.PodSpec': {
    hostUsers: { since: '1.33', gate: 'UserNamespacesSupport' },
    hostnameOverride: { since: '1.35', gate: 'HostnameOverride' },
    resourceClaims: { since: '1.34', gate: 'DynamicResourceAllocation' },
    resources: { since: '1.34', gate: 'PodLevelResources' },
    schedulingGroup: { gate: 'GenericWorkload' },
  },
  'core#v1.ResourceRequirements': { claims: { since: '1.34', gate: 'DynamicResourceAllocation' } },
  'core#v1.SecurityContext': {
    appArmorProfile: { since: '1.30' },
    procMount: { since: '1.33', gate: 'ProcMountType', values: ['Unmasked'] },
  },
  'core#v1.ServiceSpec': {
    trafficDistribution: { since: '1.31', gate: 'ServiceTrafficDistribution' },
  },
  'core#v1.Toleration': { operator: { gate: 'TaintTolerationComparisonOperators', values: ['Gt', 'Lt'] } },
  'core#v1.TypedObjectReference': { namespace: { gate: 'CrossNamespaceVolumeDataSource' } },
  'core#v1.Volume': { image: { since: '1.35', gate: 'ImageVolume' } },
  'core#v1.VolumeMount': { recursiveReadOnly: { since: '1.31', gate: 'RecursiveReadOnlyMounts' } },
  'core#v1.VolumeProjection': {
    clusterTrustBundle: { gate: 'ClusterTrustBundleProjection' },
    podCertificate: { gate: 'PodCertificateRequest' },
  },
  'discovery.k8s.io#v1.EndpointHints': { forNodes: { since: '1.34', gate: 'PreferSameTrafficDistribution' } },
  'resource.k8s.io#v1.Device': {
    allNodes: { since: '1.36', gate: 'DRAPartitionableDevices' },
    allowMultipleAllocations: { since: '1.36', gate: 'DRAConsumableCapacity' },
    bindingConditions: { since: '1.36', gate: 'DRADeviceBindingConditions' },
    bindingFailureConditions: { since: '1.36', gate: 'DRADeviceBindingConditions' },
    bindsToNode: { since: '1.36', gate: 'DRADeviceBindingConditions' },
    consumesCounters: { since: '1.36', gate: 'DRAPartitionableDevices' },
    nodeAllocatableResourceMappings: { gate: 'DRANodeAllocatableResources' },
    nodeName: { since: '1.36', gate: 'DRAPartitionableDevices' },
    nodeSelector: { since: '1.36', gate: 'DRAPartitionableDevices' },
    taints: { since: '1.36', gate: 'DRADeviceTaints' },
  },
  'resource.k8s.io#v1.DeviceAttribute': {
    bools: { gate: 'DRAListTypeAttributes' },
    ints: { gate: 'DRAListTypeAttributes' },
    strings: { gate: 'DRAListTypeAttributes' },
    versions: { gate: 'DRAListTypeAttributes' },
  },
  'resource.k8s.io#v1.DeviceCapacity': { requestPolicy: { since: '1.36', gate: 'DRAConsumableCapacity' } },
  'resource.k8s.io#v1.DeviceClassSpec': { extendedResourceName: { since: '1.36', gate: 'DRAExtendedResource' } },
  'resource.k8s.io#v1.DeviceConstraint': { distinctAttribute: { since: '1.36', gate: 'DRAConsumableCapacity' } },
  'resource.k8s.io#v1.DeviceSubRequest': {
    capacity: { since: '1.36', gate: 'DRAConsumableCapacity' },
    tolerations: { since: '1.36', gate: 'DRADeviceTaints' },
  },
  'resource.k8s.io#v1.ExactDeviceRequest': {
    capacity: { since: '1.36', gate: 'DRAConsumableCapacity' },
    tolerations: { since: '1.36', gate: 'DRADeviceTaints' },
  },
  'resource.k8s.io#v1.ResourceSliceSpec': {
    perDeviceNodeSelection: { since: '1.36', gate: 'DRAPartitionableDevices' },
    sharedCounters: { since: '1.36', gate: 'DRAPartitionableDevices' },
  },
  'storage.k8s.io#v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: { since: '1.35', gate: 'MutableCSINodeAllocatableCount' },
    preventPodSchedulingIfMissing: { gate: 'VolumeLimitScaling' },
    serviceAccountTokenInSecrets: { since: '1.35', gate: 'CSIServiceAccountTokenSecrets' },
  },
};
