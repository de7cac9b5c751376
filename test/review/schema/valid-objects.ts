import type { AnyObject } from './valid-workloads.ts';
import { cronJob, deployment, oncePod, plainPodTemplate, sidecarDeployment, statefulSet } from './valid-workloads.ts';

export const service: AnyObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'orders' },
  spec: {
    type: 'ClusterIP',
    selector: { app: 'orders' },
    ports: [
      { name: 'http', port: 80, targetPort: 'http' },
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
    ],
  },
};

export const ingressRoute: AnyObject = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'IngressRoute',
  metadata: { name: 'orders' },
  spec: {
    entryPoints: ['web'],
    routes: [
      {
        kind: 'Rule',
        match: 'PathPrefix(`/orders`)',
        middlewares: [{ name: 'strip' }],
        services: [{ name: 'orders', port: 80 }],
      },
    ],
  },
};

export const application: AnyObject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop-dev' },
  spec: {
    project: 'shop-dev',
    source: {
      repoURL: 'https://git.example.org/shop-ops.git',
      path: 'manifests/shop',
      targetRevision: 'env/dev',
      directory: { recurse: true },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'dev' },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      retry: { limit: 5, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      syncOptions: ['PruneLast=true'],
    },
    ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
  },
};

export const configMap: AnyObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'orders' },
  data: { 'a.yaml': 'a: 1', LEVEL: 'info' },
};

export const secret: AnyObject = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'orders-db' },
  type: 'Opaque',
  stringData: { password: 'not-a-real-one' },
};

export const networkPolicy: AnyObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'orders' },
  spec: {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['orders'] }] },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }],
        ports: [{ port: 3000 }, { port: 'http', protocol: 'TCP' }],
      },
    ],
    egress: [
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: 443, endPort: 444 }] },
    ],
  },
};

export const persistentVolume: AnyObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'dev-orders' },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: 'manual',
    local: { path: '/data/orders' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-0'] }] },
        ],
      },
    },
  },
};

export const otherObjects: readonly AnyObject[] = [
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'orders' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'manual',
      volumeName: 'dev-orders',
      resources: { requests: { storage: '1Gi' } },
    },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'orders' }, automountServiceAccountToken: false },
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits' },
    spec: { limits: [{ type: 'Container', default: { cpu: '500m' } }] },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'quota' },
    spec: { hard: { pods: '20', 'requests.cpu': '4' } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: { selector: { matchLabels: { app: 'orders' } }, template: plainPodTemplate },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate' },
    spec: { template: oncePod, ttlSecondsAfterFinished: 600 },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'orders' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  },
  {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'orders' },
    spec: {
      minAvailable: '50%',
      selector: { matchLabels: { app: 'orders' } },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'orders' },
    spec: {
      ingressClassName: 'traefik',
      rules: [
        {
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'orders', port: { name: 'http' } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'reader' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'reader' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'orders', namespace: 'default' }],
  },
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'manual' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    metadata: { name: 'strip' },
    spec: { stripPrefix: { prefixes: ['/orders'] } },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop-dev' },
    spec: {
      sourceRepos: ['https://git.example.org/shop-ops.git'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'dev' }],
      namespaceResourceWhitelist: [{ group: 'apps', kind: 'Deployment' }],
      clusterResourceWhitelist: [],
    },
  },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'shop' },
    spec: { interval: '5m', path: './manifests', prune: true, sourceRef: { kind: 'GitRepository', name: 'shop' } },
  },
  {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'shop' },
    spec: { interval: '1m', url: 'https://git.example.org/shop-ops.git', ref: { branch: 'env/dev' } },
  },
  {
    apiVersion: 'kargo.akuity.io/v1alpha1',
    kind: 'Warehouse',
    metadata: { name: 'shop' },
    spec: { subscriptions: [{ image: { repoURL: 'example.org/orders', semverConstraint: '^1.0.0' } }] },
  },
  {
    apiVersion: 'kpack.io/v1alpha2',
    kind: 'Image',
    metadata: { name: 'orders' },
    spec: { tag: 'example.org/orders', anything: ['goes'] },
  },
  {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: { name: 'build' },
    spec: {
      params: [{ name: 'revision', type: 'string' }],
      steps: [{ name: 'build', image: 'example.org/build:1', script: 'make' }],
    },
  },
];

/** Objects that an API server accepts, of every shape that tests change. */
export const validObjects: readonly AnyObject[] = [
  deployment,
  sidecarDeployment,
  statefulSet,
  cronJob,
  service,
  ingressRoute,
  application,
  configMap,
  secret,
  networkPolicy,
  persistentVolume,
  ...otherObjects,
];
