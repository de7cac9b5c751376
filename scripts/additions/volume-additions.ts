import type { SchemaNode } from '../../src/review/schema/schema-node.ts';

/** What a volume of a pod, and a PersistentVolume too, can be made from. */
const diskSources = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
];
/** What only a volume of a pod can be made from. */
const podSources = [
  'configMap',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'gitRepo',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const mode = { minimum: 0, maximum: 0o777 };
const modes: SchemaNode = { properties: { defaultMode: mode } };
const accessModes: SchemaNode = {
  minItems: 1,
  items: { enum: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] },
};
const request: SchemaNode = { required: ['storage'], additionalProperties: { format: 'amount' } };

/** What the API server checks of volumes and claims in its code. */
export const volumeAdditions: Readonly<Record<string, SchemaNode>> = {
  'core#v1.Volume': {
    properties: { name: { format: 'dns-label' } },
    'x-at-most-one': [...diskSources, ...podSources].sort(),
  },
  'core#v1.VolumeMount': {
    properties: { mountPath: { minLength: 1 }, name: { minLength: 1 } },
    'x-at-most-one': ['subPath', 'subPathExpr'],
  },
  'core#v1.VolumeProjection': {
    'x-at-most-one': [
      'clusterTrustBundle',
      'configMap',
      'downwardAPI',
      'podCertificate',
      'secret',
      'serviceAccountToken',
    ],
  },
  'core#v1.ConfigMapProjection': { required: ['name'] },
  'core#v1.ConfigMapVolumeSource': { ...modes, required: ['name'] },
  'core#v1.DownwardAPIVolumeSource': modes,
  'core#v1.KeyToPath': { properties: { key: { format: 'config-key' }, mode, path: { minLength: 1 } } },
  'core#v1.PersistentVolumeClaimVolumeSource': { properties: { claimName: { minLength: 1 } } },
  'core#v1.ProjectedVolumeSource': modes,
  'core#v1.SecretProjection': { required: ['name'] },
  'core#v1.SecretVolumeSource': { ...modes, required: ['secretName'] },
  'core#v1.ServiceAccountTokenProjection': { properties: { expirationSeconds: { minimum: 600 } } },
  'core#v1.VolumeNodeAffinity': { required: ['required'] },
  'core#v1.PersistentVolume': { required: ['spec'] },
  'core#v1.PersistentVolumeSpec': {
    required: ['accessModes', 'capacity'],
    properties: { accessModes, capacity: request },
    'x-exactly-one': [...diskSources, 'local'].sort(),
    'x-field-rules': [{ field: 'local', needs: 'nodeAffinity' }],
  },
  'core#v1.PersistentVolumeClaim': { required: ['spec'] },
  'core#v1.PersistentVolumeClaimSpec': {
    required: ['accessModes', 'resources'],
    properties: { accessModes, resources: { allOf: [{ required: ['requests'], properties: { requests: request } }] } },
  },
};
