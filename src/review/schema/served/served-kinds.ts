import type { KubernetesLine } from '../../../model/environment.ts';

/** Kinds that not every Kubernetes line from 1.28 to 1.36 serves. */
export interface ServedKinds {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** First line that serves them. @default - older than 1.28 */
  readonly since?: KubernetesLine;
  /** First line that no longer serves them, e.g. `1.25`. @default - still served */
  readonly removedIn?: string;
  /** No line serves them unless its API server is told to. @default false */
  readonly offByDefault?: boolean;
  /** What to write in place of it. @default - nothing replaces it */
  readonly instead?: string;
}

/**
 * What the lines 1.28 to 1.36 do not all serve; a kind that `schemas/` knows and this list does not is served by each.
 *
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 * @see https://github.com/kubernetes/api the `zz_generated.prerelease-lifecycle.go` files
 */
export const servedKinds: readonly ServedKinds[] = [
  // Newer than 1.28.
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kinds: ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    since: '1.30',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kinds: ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
    since: '1.36',
  },
  { apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kinds: ['FlowSchema', 'PriorityLevelConfiguration'], since: '1.29' },
  { apiVersion: 'networking.k8s.io/v1', kinds: ['IPAddress', 'ServiceCIDR'], since: '1.33' },
  {
    apiVersion: 'resource.k8s.io/v1',
    kinds: ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
    since: '1.34',
  },
  { apiVersion: 'storage.k8s.io/v1', kinds: ['VolumeAttributesClass'], since: '1.34' },

  // Beta and alpha versions: off by default since 1.24.
  {
    apiVersion: 'admissionregistration.k8s.io/v1alpha1',
    kinds: [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ],
    offByDefault: true,
    instead: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ],
    offByDefault: true,
    instead: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersion: 'certificates.k8s.io/v1alpha1',
    kinds: ['ClusterTrustBundle', 'PodCertificateRequest'],
    offByDefault: true,
  },
  {
    apiVersion: 'certificates.k8s.io/v1beta1',
    kinds: ['ClusterTrustBundle', 'PodCertificateRequest'],
    offByDefault: true,
  },
  { apiVersion: 'coordination.k8s.io/v1alpha1', kinds: ['LeaseCandidate'], offByDefault: true },
  { apiVersion: 'coordination.k8s.io/v1alpha2', kinds: ['LeaseCandidate'], offByDefault: true },
  { apiVersion: 'coordination.k8s.io/v1beta1', kinds: ['LeaseCandidate'], offByDefault: true },
  { apiVersion: 'internal.apiserver.k8s.io/v1alpha1', kinds: ['StorageVersion'], offByDefault: true },
  {
    apiVersion: 'networking.k8s.io/v1alpha1',
    kinds: ['ClusterCIDR', 'IPAddress', 'ServiceCIDR'],
    offByDefault: true,
    instead: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['IPAddress', 'ServiceCIDR'],
    offByDefault: true,
    instead: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'node.k8s.io/v1alpha1',
    kinds: ['RuntimeClass'],
    offByDefault: true,
    instead: 'node.k8s.io/v1',
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1alpha1',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    offByDefault: true,
    instead: 'rbac.authorization.k8s.io/v1',
  },
  {
    apiVersion: 'resource.k8s.io/v1alpha2',
    kinds: ['PodSchedulingContext', 'ResourceClaimParameters', 'ResourceClass', 'ResourceClassParameters'],
    offByDefault: true,
  },
  {
    apiVersion: 'resource.k8s.io/v1alpha2',
    kinds: ['ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
    offByDefault: true,
    instead: 'resource.k8s.io/v1',
  },
  {
    apiVersion: 'resource.k8s.io/v1alpha3',
    kinds: ['DeviceTaintRule', 'PodSchedulingContext', 'ResourcePoolStatusRequest'],
    offByDefault: true,
  },
  {
    apiVersion: 'resource.k8s.io/v1alpha3',
    kinds: ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
    offByDefault: true,
    instead: 'resource.k8s.io/v1',
  },
  {
    apiVersion: 'resource.k8s.io/v1beta1',
    kinds: ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
    offByDefault: true,
    instead: 'resource.k8s.io/v1',
  },
  {
    apiVersion: 'resource.k8s.io/v1beta2',
    kinds: ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'],
    offByDefault: true,
    instead: 'resource.k8s.io/v1',
  },
  { apiVersion: 'resource.k8s.io/v1beta2', kinds: ['DeviceTaintRule'], offByDefault: true },
  {
    apiVersion: 'scheduling.k8s.io/v1alpha1',
    kinds: ['PriorityClass'],
    offByDefault: true,
    instead: 'scheduling.k8s.io/v1',
  },
  { apiVersion: 'scheduling.k8s.io/v1alpha1', kinds: ['Workload'], offByDefault: true },
  { apiVersion: 'scheduling.k8s.io/v1alpha2', kinds: ['PodGroup', 'Workload'], offByDefault: true },
  {
    apiVersion: 'storage.k8s.io/v1alpha1',
    kinds: ['VolumeAttributesClass'],
    offByDefault: true,
    instead: 'storage.k8s.io/v1',
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['VolumeAttributesClass'],
    offByDefault: true,
    instead: 'storage.k8s.io/v1',
  },
  { apiVersion: 'storagemigration.k8s.io/v1alpha1', kinds: ['StorageVersionMigration'], offByDefault: true },
  { apiVersion: 'storagemigration.k8s.io/v1beta1', kinds: ['StorageVersionMigration'], offByDefault: true },

  // Gone within 1.28 to 1.36.
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    removedIn: '1.29',
    instead: 'flowcontrol.apiserver.k8s.io/v1beta3',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    removedIn: '1.32',
    instead: 'flowcontrol.apiserver.k8s.io/v1',
  },

  // Gone before 1.28, and still found in old files.
  ...removed('1.16', 'apps/v1beta1', 'apps/v1', ['ControllerRevision', 'Deployment', 'StatefulSet']),
  ...removed('1.16', 'apps/v1beta2', 'apps/v1', [
    'ControllerRevision',
    'DaemonSet',
    'Deployment',
    'ReplicaSet',
    'StatefulSet',
  ]),
  ...removed('1.16', 'extensions/v1beta1', 'apps/v1', ['DaemonSet', 'Deployment', 'ReplicaSet']),
  ...removed('1.16', 'extensions/v1beta1', 'networking.k8s.io/v1', ['NetworkPolicy']),
  ...removed('1.16', 'extensions/v1beta1', undefined, ['PodSecurityPolicy']),
  ...removed('1.21', 'flowcontrol.apiserver.k8s.io/v1alpha1', 'flowcontrol.apiserver.k8s.io/v1', [
    'FlowSchema',
    'PriorityLevelConfiguration',
  ]),
  ...removed('1.22', 'extensions/v1beta1', 'networking.k8s.io/v1', ['Ingress']),
  ...removed('1.22', 'admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1', [
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ]),
  ...removed('1.22', 'apiextensions.k8s.io/v1beta1', 'apiextensions.k8s.io/v1', ['CustomResourceDefinition']),
  ...removed('1.22', 'apiregistration.k8s.io/v1beta1', 'apiregistration.k8s.io/v1', ['APIService']),
  ...removed('1.22', 'certificates.k8s.io/v1beta1', 'certificates.k8s.io/v1', ['CertificateSigningRequest']),
  ...removed('1.22', 'coordination.k8s.io/v1beta1', 'coordination.k8s.io/v1', ['Lease']),
  ...removed('1.22', 'networking.k8s.io/v1beta1', 'networking.k8s.io/v1', ['Ingress', 'IngressClass']),
  ...removed('1.22', 'rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1', [
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
  ]),
  ...removed('1.22', 'scheduling.k8s.io/v1beta1', 'scheduling.k8s.io/v1', ['PriorityClass']),
  ...removed('1.22', 'storage.k8s.io/v1beta1', 'storage.k8s.io/v1', [
    'CSIDriver',
    'CSINode',
    'StorageClass',
    'VolumeAttachment',
  ]),
  ...removed('1.24', 'storage.k8s.io/v1alpha1', 'storage.k8s.io/v1', ['CSIStorageCapacity', 'VolumeAttachment']),
  ...removed('1.25', 'autoscaling/v2beta1', 'autoscaling/v2', ['HorizontalPodAutoscaler']),
  ...removed('1.25', 'batch/v1beta1', 'batch/v1', ['CronJob']),
  ...removed('1.25', 'discovery.k8s.io/v1beta1', 'discovery.k8s.io/v1', ['EndpointSlice']),
  ...removed('1.25', 'node.k8s.io/v1beta1', 'node.k8s.io/v1', ['RuntimeClass']),
  ...removed('1.25', 'policy/v1beta1', 'policy/v1', ['PodDisruptionBudget']),
  ...removed('1.25', 'policy/v1beta1', undefined, ['PodSecurityPolicy']),
  ...removed('1.26', 'autoscaling/v2beta2', 'autoscaling/v2', ['HorizontalPodAutoscaler']),
  ...removed('1.26', 'flowcontrol.apiserver.k8s.io/v1beta1', 'flowcontrol.apiserver.k8s.io/v1', [
    'FlowSchema',
    'PriorityLevelConfiguration',
  ]),
  ...removed('1.27', 'storage.k8s.io/v1beta1', 'storage.k8s.io/v1', ['CSIStorageCapacity']),
];

function removed(
  removedIn: string,
  apiVersion: string,
  instead: string | undefined,
  kinds: readonly string[],
): readonly ServedKinds[] {
  return [{ apiVersion, kinds, removedIn, ...(instead === undefined ? {} : { instead }) }];
}
