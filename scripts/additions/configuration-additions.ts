import type { SchemaNode } from '../../src/review/schema/schema-node.ts';

const keys: SchemaNode = { propertyNames: { format: 'config-key' } };
const scale: SchemaNode = { properties: { maxReplicas: { minimum: 1 }, minReplicas: { minimum: 1 } } };

/** What the API server checks of configuration, scaling and rights in its code. */
export const configurationAdditions: Readonly<Record<string, SchemaNode>> = {
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
    properties: {
      apiGroup: { enum: ['rbac.authorization.k8s.io'] },
      kind: { enum: ['ClusterRole', 'Role'] },
      name: { minLength: 1 },
    },
  },
  'rbac.authorization.k8s.io#v1.Subject': { properties: { kind: { enum: ['Group', 'ServiceAccount', 'User'] } } },
  'storage.k8s.io#v1.StorageClass': { properties: { provisioner: { minLength: 1 } } },
  'scheduling.k8s.io#v1.PriorityClass': { properties: { value: { maximum: 1_000_000_000 } } },
};
