import type { SchemaNode } from '../../src/review/schema/schema-node.ts';
import { port } from './port.ts';

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
  properties: {
    image: { minLength: 1 },
    livenessProbe: onceOnly,
    name: { format: 'dns-label' },
    restartPolicy: { enum: ['Always', 'Never', 'OnFailure'] },
    startupProbe: onceOnly,
  },
};

/** What the API server checks of containers in its code. */
export const containerAdditions: Readonly<Record<string, SchemaNode>> = {
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
