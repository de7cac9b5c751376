import type { SchemaNode } from '../src/review/schema/schema-node.ts';

const port = { minimum: 1, maximum: 65535 };
const weight = { minimum: 1, maximum: 100 };
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
const podVolumeSources = [
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
const localhostProfile: SchemaNode = {
  'x-field-rules': [{ field: 'type', values: ['Localhost'], needs: 'localhostProfile' }],
};
const userId = { minimum: 0, maximum: 2 ** 31 - 1 };

/**
 * What the API server checks in its code and does not say in its OpenAPI: ranges, words, and fields that exclude each
 * other. By definition; the limits are merged into it.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.36.3/pkg/apis the `validation` folders
 */
export const schemaAdditions: Readonly<Record<string, SchemaNode>> = {
  ...workloads(),
  ...containers(),
  ...volumes(),
  ...networking(),
  ...others(),
};

function workloads(): Record<string, SchemaNode> {
  const count = { minimum: 0 };
  const runsForever: SchemaNode = { allOf: [{ properties: { spec: { properties: { restartPolicy: { enum: ['Always'] } } } } }] };
  const runsOnce: SchemaNode = {
    allOf: [
      {
        required: ['spec'],
        properties: { spec: { required: ['restartPolicy'], properties: { restartPolicy: { enum: ['Never', 'OnFailure'] } } } },
      },
    ],
  };
  const replicated = { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, template: runsForever };
  return {
    'apps#v1.Deployment': { required: ['spec'] },
    'apps#v1.DeploymentStrategy': {
      'x-field-rules': [{ field: 'type', values: ['Recreate'], refuses: 'rollingUpdate' }],
    },
    'apps#v1.DeploymentSpec': { properties: { ...replicated, progressDeadlineSeconds: count } },
    'apps#v1.RollingUpdateDeployment': {
      properties: { maxSurge: { format: 'count-or-percent' }, maxUnavailable: { format: 'count-or-percent' } },
    },
    'apps#v1.StatefulSet': { required: ['spec'] },
    'apps#v1.StatefulSetSpec': { properties: replicated },
    'apps#v1.StatefulSetPersistentVolumeClaimRetentionPolicy': {
      properties: { whenDeleted: { enum: ['Delete', 'Retain'] }, whenScaled: { enum: ['Delete', 'Retain'] } },
    },
    'apps#v1.RollingUpdateStatefulSetStrategy': {
      properties: { partition: count, maxUnavailable: { format: 'count-or-percent' } },
    },
    'apps#v1.DaemonSet': { required: ['spec'] },
    'apps#v1.DaemonSetSpec': {
      properties: { minReadySeconds: count, revisionHistoryLimit: count, template: runsForever },
    },
    'apps#v1.RollingUpdateDaemonSet': {
      properties: { maxSurge: { format: 'count-or-percent' }, maxUnavailable: { format: 'count-or-percent' } },
    },
    'apps#v1.ReplicaSet': { required: ['spec'] },
    'apps#v1.ReplicaSetSpec': {
      required: ['template'],
      properties: { replicas: count, minReadySeconds: count, template: runsForever },
    },
    'batch#v1.Job': { required: ['spec'] },
    'batch#v1.JobSpec': {
      properties: {
        activeDeadlineSeconds: count,
        backoffLimit: count,
        backoffLimitPerIndex: count,
        completions: count,
        maxFailedIndexes: count,
        parallelism: count,
        template: runsOnce,
        ttlSecondsAfterFinished: count,
      },
    },
    'batch#v1.CronJob': { required: ['spec'] },
    'batch#v1.CronJobSpec': {
      properties: {
        failedJobsHistoryLimit: count,
        schedule: { minLength: 1 },
        startingDeadlineSeconds: count,
        successfulJobsHistoryLimit: count,
      },
    },
    'core#v1.Pod': { required: ['spec'] },
    'core#v1.PodSpec': {
      properties: {
        activeDeadlineSeconds: { minimum: 1 },
        containers: { minItems: 1 },
        terminationGracePeriodSeconds: count,
      },
    },
    'core#v1.PodSecurityContext': {
      properties: { fsGroup: userId, runAsGroup: userId, runAsUser: userId, supplementalGroups: { items: userId } },
    },
    'core#v1.SecurityContext': { properties: { runAsGroup: userId, runAsUser: userId } },
    'core#v1.AppArmorProfile': localhostProfile,
    'core#v1.SeccompProfile': localhostProfile,
    'core#v1.PodAffinityTerm': { properties: { topologyKey: { minLength: 1 } } },
    'core#v1.TopologySpreadConstraint': {
      properties: { maxSkew: { minimum: 1 }, minDomains: { minimum: 1 }, topologyKey: { minLength: 1 } },
    },
    'core#v1.WeightedPodAffinityTerm': { properties: { weight: weight } },
    'core#v1.PreferredSchedulingTerm': { properties: { weight: weight } },
    'core#v1.NodeSelector': { properties: { nodeSelectorTerms: { minItems: 1 } } },
    'core#v1.NodeSelectorRequirement': {
      properties: { key: { minLength: 1 } },
      'x-field-rules': [{ field: 'operator', values: ['In', 'NotIn', 'Gt', 'Lt'], needs: 'values' }],
    },
  };
}

function containers(): Record<string, SchemaNode> {
  const count = { minimum: 0 };
  const handlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
  const amounts: SchemaNode = {
    additionalProperties: { format: 'amount' },
    propertyNames: { format: 'resource-name' },
  };
  // Only a readiness probe may ask for more than one success in a row.
  const onceOnly: SchemaNode = { allOf: [{ properties: { successThreshold: { maximum: 1 } } }] };
  const container: SchemaNode = {
    // The API server also knows containers without an image, but not in anything that a repository holds.
    required: ['image'],
    properties: { image: { minLength: 1 }, livenessProbe: onceOnly, name: { format: 'dns-label' }, restartPolicy: { enum: ['Always', 'Never', 'OnFailure'] }, startupProbe: onceOnly },
  };
  return {
    'core#v1.Container': container,
    'core#v1.ContainerPort': {
      properties: {
        containerPort: port,
        hostPort: { minimum: 0, maximum: 65535 },
        name: { format: 'port-name' },
        protocol: { default: 'TCP' },
      },
    },
    'core#v1.EnvVar': { properties: { name: { format: 'env-name' } }, 'x-at-most-one': ['value', 'valueFrom'] },
    'core#v1.EnvVarSource': {
      'x-exactly-one': ['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'],
    },
    'core#v1.EnvFromSource': { 'x-exactly-one': ['configMapRef', 'secretRef'] },
    'core#v1.ResourceRequirements': { properties: { limits: amounts, requests: amounts } },
    'core#v1.ConfigMapEnvSource': { required: ['name'] },
    'core#v1.ConfigMapKeySelector': { required: ['name'], properties: { key: { format: 'config-key' } } },
    'core#v1.SecretEnvSource': { required: ['name'] },
    'core#v1.SecretKeySelector': { required: ['name'], properties: { key: { format: 'config-key' } } },
    'core#v1.Probe': {
      properties: {
        failureThreshold: count,
        initialDelaySeconds: count,
        periodSeconds: count,
        successThreshold: count,
        terminationGracePeriodSeconds: { minimum: 1 },
        timeoutSeconds: count,
      },
      'x-exactly-one': handlers,
    },
    'core#v1.LifecycleHandler': { 'x-exactly-one': ['exec', 'httpGet', 'sleep', 'tcpSocket'] },
    'core#v1.ExecAction': { required: ['command'], properties: { command: { minItems: 1 } } },
    'core#v1.ObjectFieldSelector': { properties: { fieldPath: { minLength: 1 } } },
    'core#v1.GRPCAction': { properties: { port } },
    'core#v1.HTTPGetAction': { properties: { port: { format: 'port' } } },
    'core#v1.TCPSocketAction': { properties: { port: { format: 'port' } } },
  };
}

function volumes(): Record<string, SchemaNode> {
  const mode = { minimum: 0, maximum: 0o777 };
  const modes: SchemaNode = { properties: { defaultMode: mode } };
  const accessModes: SchemaNode = {
    minItems: 1,
    items: { enum: ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] },
  };
  const request: SchemaNode = { required: ['storage'], additionalProperties: { format: 'amount' } };
  return {
    'core#v1.Volume': { properties: { name: { format: 'dns-label' } }, 'x-at-most-one': [...diskSources, ...podVolumeSources].sort() },
    'core#v1.VolumeMount': { properties: { mountPath: { minLength: 1 }, name: { minLength: 1 } }, 'x-at-most-one': ['subPath', 'subPathExpr'] },
    'core#v1.VolumeProjection': {
      'x-at-most-one': ['clusterTrustBundle', 'configMap', 'downwardAPI', 'podCertificate', 'secret', 'serviceAccountToken'],
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
}

function networking(): Record<string, SchemaNode> {
  return {
    'core#v1.Service': { required: ['spec'] },
    'core#v1.ServicePort': {
      properties: {
        name: { format: 'dns-label' },
        nodePort: { minimum: 0, maximum: 65535 },
        port,
        protocol: { default: 'TCP' },
        targetPort: { format: 'port' },
      },
    },
    'core#v1.ServiceSpec': {
      properties: {
        loadBalancerSourceRanges: { items: { format: 'cidr' } },
        ports: { 'x-needed-when-many': 'name' },
        trafficDistribution: { enum: ['PreferClose', 'PreferSameNode', 'PreferSameZone'] },
      },
      'x-field-rules': [{ field: 'type', values: ['ExternalName'], needs: 'externalName' }],
    },
    'core#v1.HostAlias': { properties: { ip: { format: 'ip' } } },
    'networking.k8s.io#v1.HTTPIngressPath': {
      properties: { path: { pattern: '^(/.*)?$' } },
      'x-field-rules': [{ field: 'pathType', values: ['Exact', 'Prefix'], needs: 'path' }],
    },
    'networking.k8s.io#v1.HTTPIngressRuleValue': { properties: { paths: { minItems: 1 } } },
    'networking.k8s.io#v1.IngressServiceBackend': { required: ['port'], properties: { name: { minLength: 1 } } },
    'networking.k8s.io#v1.IngressBackend': { 'x-exactly-one': ['resource', 'service'] },
    'networking.k8s.io#v1.IPBlock': { properties: { cidr: { format: 'cidr' }, except: { items: { format: 'cidr' } } } },
    'networking.k8s.io#v1.NetworkPolicyPeer': { 'x-at-least-one': ['ipBlock', 'namespaceSelector', 'podSelector'], 'x-at-most-one': ['ipBlock', 'podSelector'] },
    'networking.k8s.io#v1.IngressSpec': { 'x-at-least-one': ['defaultBackend', 'rules'] },
    'networking.k8s.io#v1.Ingress': { required: ['spec'] },
    'networking.k8s.io#v1.NetworkPolicyPort': {
      properties: { endPort: port, port: { format: 'port' } },
      'x-field-rules': [{ field: 'endPort', needs: 'port' }],
    },
    'networking.k8s.io#v1.NetworkPolicySpec': { properties: { policyTypes: { items: { enum: ['Egress', 'Ingress'] } } } },
    'networking.k8s.io#v1.ServiceBackendPort': { properties: { number: port }, 'x-exactly-one': ['name', 'number'] },
  };
}

function others(): Record<string, SchemaNode> {
  const keys: SchemaNode = { propertyNames: { format: 'config-key' } };
  const scale: SchemaNode = { properties: { maxReplicas: { minimum: 1 }, minReplicas: { minimum: 1 } } };
  return {
    'core#v1.ConfigMap': { properties: { binaryData: keys, data: keys } },
    'core#v1.Secret': { properties: { data: keys, stringData: keys } },
    'meta#v1.LabelSelectorRequirement': {
      properties: { key: { minLength: 1 }, operator: { enum: ['DoesNotExist', 'Exists', 'In', 'NotIn'] } },
      'x-field-rules': [{ field: 'operator', values: ['In', 'NotIn'], needs: 'values' }],
    },
    'autoscaling#v1.HorizontalPodAutoscaler': { required: ['spec'] },
    'autoscaling#v1.HorizontalPodAutoscalerSpec': scale,
    'autoscaling#v2.HorizontalPodAutoscaler': { required: ['spec'] },
    'autoscaling#v2.HorizontalPodAutoscalerSpec': scale,
    'autoscaling#v2.CrossVersionObjectReference': {
      required: ['apiVersion'],
      properties: { kind: { minLength: 1 }, name: { minLength: 1 } },
    },
    'autoscaling#v2.MetricSpec': {
      properties: { type: { enum: ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'] } },
      'x-field-rules': [
        { field: 'type', values: ['ContainerResource'], needs: 'containerResource' },
        { field: 'type', values: ['External'], needs: 'external' },
        { field: 'type', values: ['Object'], needs: 'object' },
        { field: 'type', values: ['Pods'], needs: 'pods' },
        { field: 'type', values: ['Resource'], needs: 'resource' },
      ],
    },
    'autoscaling#v2.MetricTarget': {
      properties: { averageUtilization: { minimum: 1 }, type: { enum: ['AverageValue', 'Utilization', 'Value'] } },
      'x-field-rules': [
        { field: 'type', values: ['AverageValue'], needs: 'averageValue' },
        { field: 'type', values: ['Utilization'], needs: 'averageUtilization' },
        { field: 'type', values: ['Value'], needs: 'value' },
      ],
    },
    'autoscaling#v2.ResourceMetricSource': { properties: { name: { minLength: 1 } } },
    'policy#v1.PodDisruptionBudgetSpec': {
      properties: { maxUnavailable: { format: 'count-or-percent' }, minAvailable: { format: 'count-or-percent' } },
      'x-at-most-one': ['maxUnavailable', 'minAvailable'],
    },
    'rbac.authorization.k8s.io#v1.PolicyRule': {
      properties: { verbs: { minItems: 1 } },
      'x-field-rules': [
        { field: 'apiGroups', needs: 'resources' },
        { field: 'resources', needs: 'apiGroups' },
      ],
    },
    'rbac.authorization.k8s.io#v1.RoleRef': {
      properties: { apiGroup: { enum: ['rbac.authorization.k8s.io'] }, kind: { enum: ['ClusterRole', 'Role'] }, name: { minLength: 1 } },
    },
    'rbac.authorization.k8s.io#v1.Subject': { properties: { kind: { enum: ['Group', 'ServiceAccount', 'User'] } } },
    'storage.k8s.io#v1.StorageClass': { properties: { provisioner: { minLength: 1 } } },
    'scheduling.k8s.io#v1.PriorityClass': { properties: { value: { maximum: 1_000_000_000 } } },
  };
}
