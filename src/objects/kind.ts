import type { KubernetesObject } from '../model/application.ts';

/** Kinds without a namespace, besides those that are named `Cluster…`, e.g. `ClusterRole`. */
const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IPAddress',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'Project.kargo.akuity.io',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** API group of an object; empty for the core group. */
export function apiGroup({ apiVersion }: KubernetesObject): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The plain kind for what Kubernetes itself serves, else kind and group, e.g. `Certificate.cert-manager.io`. */
export function kindOf(object: KubernetesObject): string {
  let suffix = suffixes.get(object.apiVersion);
  if (suffix === undefined) {
    const group = apiGroup(object);
    suffix = !group.includes('.') || group.endsWith('.k8s.io') ? '' : `.${group}`;
    suffixes.set(object.apiVersion, suffix);
  }
  return suffix === '' ? object.kind : `${object.kind}${suffix}`;
}

/** What follows the kind, by `apiVersion`: every question about an object begins with its kind. */
const suffixes = new Map<string, string>();

/** Whether objects of the kind (as {@link kindOf} writes it) live outside of namespaces. */
export const isClusterScoped = (kind: string): boolean => clusterKinds.has(kind) || /^Cluster[A-Z]/.test(kind);

/** `Kind/name`, as findings and exceptions name an object. */
export const objectId = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;
