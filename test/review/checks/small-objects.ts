import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { RenderedObject } from '../../../src/objects/rendered-object.ts';
import type { Check, CheckInput } from '../../../src/objects/check.ts';
import { runChecks } from '../../../src/review/checks/run-checks.ts';
import { ObjectIndex } from '../../../src/objects/object-index.ts';
import type { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { validateObject } from '../../../src/review/schema/validate-object.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** Fields of an object, free in shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a check is given besides the objects. */
export interface Surroundings {
  readonly delivery?: Delivery;
  readonly environment?: Environment;
  readonly published?: readonly KubernetesObject[];
  readonly catalog?: SchemaCatalog;
}

/** The environment `dev` of {@link validDelivery}: namespace `dev`, prefix `dev-`, Kubernetes 1.30 to 1.36. */
export const dev = (delivery: Delivery = validDelivery()): Environment => {
  const [first] = delivery.environments;
  if (first === undefined) throw new Error('the delivery has no environment');
  return first;
};

/** An object as if the construct `dev/shop/<name>` of the application `shop` had made it. */
export const rendered = (object: KubernetesObject, artifacts?: Readonly<Record<string, string>>): RenderedObject => ({
  path: `manifests/shop/${object.kind.toLowerCase()}.${object.metadata.name}.yaml`,
  application: 'shop',
  construct: `dev/shop/${object.metadata.name}`,
  object,
  ...(artifacts === undefined ? {} : { artifacts }),
});

/** An object of `bootstrap/`, which no application syncs. */
export const bootstrap = (object: KubernetesObject): RenderedObject => ({
  path: `bootstrap/10-${object.metadata.name}.yaml`,
  construct: `dev/Bootstrap/${object.metadata.name}`,
  object,
});

/** What a check finds in these objects, one line each: object, field and message. */
export function findings(
  check: Check,
  objects: readonly (KubernetesObject | RenderedObject)[],
  surroundings: Surroundings = {},
): readonly string[] {
  const delivery = surroundings.delivery ?? validDelivery();
  const environment = surroundings.environment ?? dev(delivery);
  const all = objects.map((object) => ('construct' in object ? (object as RenderedObject) : rendered(object)));
  const found: string[] = [];
  const { catalog } = surroundings;
  const { kubernetes } = environment.cluster;
  const input: CheckInput = {
    delivery,
    environment,
    objects: new ObjectIndex(all, environment.namespace),
    ...(surroundings.published === undefined
      ? {}
      : {
          published: new ObjectIndex(
            surroundings.published.map((object) => rendered(object)),
            environment.namespace,
          ),
        }),
    ...(catalog === undefined ? {} : { validate: (object) => validateObject(object, { catalog, kubernetes }) }),
  };
  runChecks([check], input, (_, { object, field, message }) =>
    found.push(`${object}${field === '' ? '' : ` ${field}`}: ${message}`),
  );
  return found;
}

/** Any object; `fields` come beside `metadata`. */
export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  fields: Fields = {},
  metadata: Fields = {},
): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...metadata },
  ...fields,
});

/** A container that no check complains about. */
export const container = (fields: Fields = {}): Fields => ({
  name: 'orders',
  image: 'acme/tools:1.2.3',
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  livenessProbe: { httpGet: { path: '/live', port: 'http' } },
  resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '100m', memory: '128Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  ...fields,
});

/** A pod template with one container that no check complains about. */
export const template = (pod: Fields = {}, labels: Fields = { app: 'orders' }, annotations: Fields = {}): Fields => ({
  metadata: { labels, annotations },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container()],
    ...pod,
  },
});

/** A Deployment of one pod; `pod` are fields of the pod's spec, `spec` of its own. */
export const deployment = (
  name: string,
  pod: Fields = {},
  spec: Fields = {},
  labels: Fields = { app: 'orders' },
): KubernetesObject =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      replicas: 1,
      progressDeadlineSeconds: 120,
      selector: { matchLabels: labels },
      template: template(pod, labels),
      ...spec,
    },
  });

/** A Deployment with one container that has these fields too. */
export const withContainer = (fields: Fields, name = 'dev-orders'): KubernetesObject =>
  deployment(name, { containers: [container(fields)] });

/** A StatefulSet of one pod with a claim template `data`. */
export const statefulSet = (name: string, pod: Fields = {}, spec: Fields = {}): KubernetesObject =>
  object('apps/v1', 'StatefulSet', name, {
    spec: {
      replicas: 1,
      serviceName: `${name}-svc`,
      selector: { matchLabels: { app: 'db' } },
      template: template(pod, { app: 'db' }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'local-path',
            resources: { requests: { storage: '1Gi' } },
          },
        },
      ],
      ...spec,
    },
  });

/** A CronJob of one pod. */
export const cronJob = (
  name: string,
  pod: Fields = {},
  spec: Fields = {},
  job: Fields = { activeDeadlineSeconds: 600 },
): KubernetesObject =>
  object('batch/v1', 'CronJob', name, {
    spec: {
      schedule: '0 2 * * *',
      concurrencyPolicy: 'Forbid',
      jobTemplate: { spec: { template: template(pod, { job: name }), ...job } },
      ...spec,
    },
  });

/** A Service on port 80 for the pods `app: orders`. */
export const service = (name: string, spec: Fields = {}): KubernetesObject =>
  object('v1', 'Service', name, {
    spec: { selector: { app: 'orders' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...spec },
  });

/** A ConfigMap. */
export const configMap = (name: string, data: Fields = {}): KubernetesObject =>
  object('v1', 'ConfigMap', name, { data });

/** A claim of 1Gi, for one node at a time. */
export const claim = (name: string, spec: Fields = {}): KubernetesObject =>
  object('v1', 'PersistentVolumeClaim', name, {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'manual',
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  });

/** A volume of 1Gi on one node. */
export const volume = (name: string, spec: Fields = {}): KubernetesObject =>
  object('v1', 'PersistentVolume', name, {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'manual',
      capacity: { storage: '1Gi' },
      local: { path: '/data' },
      nodeAffinity: { required: {} },
      ...spec,
    },
  });

/** Fields of a pod's spec that mount a claim. */
export const mounting = (claimName: string): Fields => ({
  volumes: [{ name: 'files', persistentVolumeClaim: { claimName } }],
  containers: [container({ volumeMounts: [{ name: 'files', mountPath: '/files' }] })],
});
