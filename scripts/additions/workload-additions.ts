import type { SchemaNode } from '../../src/review/schema/schema-node.ts';

const weight = { minimum: 1, maximum: 100 };
const localhostProfile: SchemaNode = {
  'x-field-rules': [{ field: 'type', values: ['Localhost'], needs: 'localhostProfile' }],
};
const userId = { minimum: 0, maximum: 2 ** 31 - 1 };
const count = { minimum: 0 };
const runsForever: SchemaNode = {
  allOf: [{ properties: { spec: { properties: { restartPolicy: { enum: ['Always'] } } } } }],
};
const runsOnce: SchemaNode = {
  allOf: [
    {
      required: ['spec'],
      properties: {
        spec: { required: ['restartPolicy'], properties: { restartPolicy: { enum: ['Never', 'OnFailure'] } } },
      },
    },
  ],
};
const replicated = { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, template: runsForever };

/** What the API server checks of workloads and pods in its code. */
export const workloadAdditions: Readonly<Record<string, SchemaNode>> = {
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
