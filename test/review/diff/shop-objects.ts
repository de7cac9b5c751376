import type { KubernetesObject } from '../../../src/model/application.ts';
import type { TreeObject } from '../../../src/review/diff/tree-object.ts';

/** A small shop as plain objects: what the tests change one thing of. */

const security = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
const podSecurity = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

export const orders = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'dev-orders', namespace: 'dev' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'orders' } },
    strategy: { type: 'RollingUpdate' },
    template: {
      metadata: {
        labels: { app: 'orders' },
        annotations: { 'portolan/config-checksum': '1111111111111111', 'portolan/credential.bank-token': '1' },
      },
      spec: {
        automountServiceAccountToken: false,
        securityContext: podSecurity,
        containers: [
          {
            name: 'orders',
            image: 'acme/orders:v1.2',
            args: ['serve', '--port', '8080'],
            env: [
              { name: 'LOG_LEVEL', value: 'INFO' },
              { name: 'BANK_TOKEN', valueFrom: { secretKeyRef: { name: 'bank-token', key: 'token' } } },
            ],
            envFrom: [{ configMapRef: { name: 'dev-orders-config' } }],
            ports: [
              { name: 'http', containerPort: 8080, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
            ],
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10 },
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '200m', memory: '256Mi' } },
            securityContext: security,
            volumeMounts: [
              { name: 'uploads', mountPath: '/var/uploads' },
              { name: 'tmp', mountPath: '/tmp' },
            ],
          },
        ],
        volumes: [
          { name: 'uploads', persistentVolumeClaim: { claimName: 'dev-uploads' } },
          { name: 'tmp', emptyDir: {} },
        ],
      },
    },
  },
} satisfies KubernetesObject;

export const ordersDb = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'dev-orders-db', namespace: 'dev' },
  spec: {
    replicas: 1,
    serviceName: 'dev-orders-db-svc',
    selector: { matchLabels: { app: 'orders-db' } },
    template: {
      metadata: { labels: { app: 'orders-db' } },
      spec: {
        automountServiceAccountToken: false,
        securityContext: podSecurity,
        containers: [
          {
            name: 'orders-db',
            image: 'postgres:18.1',
            resources: { requests: { cpu: '50m', memory: '128Mi' } },
            securityContext: security,
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'local-path',
          resources: { requests: { storage: '100Mi' } },
        },
      },
    ],
  },
} satisfies KubernetesObject;

export const ordersConfig = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'dev-orders-config', namespace: 'dev' },
  data: { ENVIRONMENT: 'dev', 'server.conf': 'port: 8080\nworkers: 2\ntimeout: 30\n' },
} satisfies KubernetesObject;

export const ordersService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'dev-orders-svc', namespace: 'dev' },
  spec: {
    type: 'ClusterIP',
    selector: { app: 'orders' },
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
  },
} satisfies KubernetesObject;

export const uploads = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'dev-uploads', namespace: 'dev', annotations: kept },
  spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'manual', resources: { requests: { storage: '1Gi' } } },
} satisfies KubernetesObject;

export const route = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'IngressRoute',
  metadata: { name: 'dev-shop', namespace: 'dev' },
  spec: {
    entryPoints: ['web'],
    routes: [
      {
        kind: 'Rule',
        match: 'Path(`/dev`) || PathPrefix(`/dev/`)',
        services: [{ name: 'dev-orders-svc', port: 80 }],
        middlewares: [{ name: 'dev-strip' }, { name: 'dev-slash' }],
      },
      {
        kind: 'Rule',
        match: 'Host(`shop.example.com`) && PathPrefix(`/api`)',
        services: [{ name: 'dev-orders-svc', port: 80 }],
      },
    ],
  },
} satisfies KubernetesObject;

export const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'dev-orders-db', namespace: 'dev' },
  spec: {
    podSelector: { matchLabels: { app: 'orders-db' } },
    policyTypes: ['Ingress', 'Egress'],
    egress: [],
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'orders' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
    ],
  },
} satisfies KubernetesObject;

export const backup = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'dev-orders-db-backup', namespace: 'dev', labels: { app: 'orders-db-backup' } },
  spec: {
    schedule: '0 2 * * *',
    jobTemplate: {
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: podSecurity,
            containers: [
              {
                name: 'dump',
                image: 'postgres:18.1',
                resources: { requests: { cpu: '50m', memory: '64Mi' } },
                securityContext: security,
              },
            ],
            restartPolicy: 'Never',
          },
        },
      },
    },
  },
} satisfies KubernetesObject;

export const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'dev', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
} satisfies KubernetesObject;

export const project = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'shop-dev', namespace: 'argocd' },
  spec: {
    sourceRepos: ['https://example.com/shop-ops.git'],
    destinations: [{ namespace: 'dev', server: 'https://kubernetes.default.svc' }],
    namespaceResourceWhitelist: [
      { group: '', kind: 'ConfigMap' },
      { group: 'apps', kind: 'Deployment' },
    ],
    clusterResourceWhitelist: [],
  },
} satisfies KubernetesObject;

/** The whole shop, as it lies on a branch. */
export const shop: readonly KubernetesObject[] = [
  namespace,
  project,
  ordersConfig,
  backup,
  orders,
  route,
  policy,
  uploads,
  ordersService,
  ordersDb,
];

/** Objects as a tree, with the files that would hold them. */
export const treeOf = (...objects: readonly KubernetesObject[]): readonly TreeObject[] =>
  objects.map((object) => {
    const isBootstrap = ['Namespace', 'AppProject', 'Application'].includes(object.kind);
    return {
      object,
      path: `${isBootstrap ? 'bootstrap' : 'manifests/shop'}/${object.kind.toLowerCase()}.${object.metadata.name}.yaml`,
    };
  });

/** A deep copy with one value set at a path, or removed where it is undefined. */
export function withValue(
  object: KubernetesObject,
  path: readonly (string | number)[],
  value: unknown,
): KubernetesObject {
  const copy = structuredClone(object) as unknown;
  let parent = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy as KubernetesObject;
}

/** Path of the first container of a Deployment's pods. */
export const container = ['spec', 'template', 'spec', 'containers', 0] as const;

/** Path of a Deployment's pods. */
export const pod = ['spec', 'template', 'spec'] as const;
