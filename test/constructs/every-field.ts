import type { Container, Probe } from '../../src/model/container.ts';
import type { Autoscaling } from '../../src/model/pods/autoscaling.ts';
import type { Scheduling } from '../../src/model/pods/scheduling.ts';
import type { ServiceJob, Service } from '../../src/model/service.ts';
import { connectsTo, httpsOut } from '../../src/model/service.ts';
import { host, port, text, unprefixedHost } from '../../src/model/formats/text.ts';

/** A probe with every field; another field of the model does not compile until it is here. */
export const everyProbe: Required<Probe> = {
  action: { kind: 'grpc', port: 9000, service: 'orders' },
  initialDelaySeconds: 1,
  periodSeconds: 2,
  timeoutSeconds: 3,
  failureThreshold: 4,
  successThreshold: 1,
};

/** A container with every field. */
export const everyContainer: Required<Container> = {
  name: 'web',
  image: { artifact: 'orders' },
  command: ['serve', text`--peer=${host('orders-db')}:${port('orders-db', 'postgresql')}`],
  args: [text`--short=${unprefixedHost('orders-db')}`],
  env: {
    PLAIN: 'yes',
    TEXT: text`http://${host('payments')}:${port('payments', 'http')}`,
    FIELD: { kind: 'field', path: 'status.podIP' },
    LABEL: { kind: 'label', key: 'app.kubernetes.io/name' },
    RESOURCE: { kind: 'resource', resource: 'limits.memory', container: 'web', divisor: '1Mi' },
    SECRET: { kind: 'secret', credential: 'ops-read', key: 'sshPrivateKey' },
    DATABASE: { kind: 'database', of: 'orders-db', property: 'password' },
  },
  envFrom: [
    'web-config',
    { kind: 'secret', credential: 'ops-read', prefix: 'OPS_' },
    { kind: 'config', config: 'web-files', prefix: 'FILES_' },
  ],
  ports: [
    { name: 'http', port: 8080 },
    { name: 'dns', port: 5353, protocol: 'UDP' },
  ],
  mounts: [
    { volume: 'uploads', path: '/uploads' },
    { volume: 'web-files', path: '/etc/web', readOnly: true, subPath: 'web.conf' },
  ],
  readiness: everyProbe,
  liveness: { action: { kind: 'tcp', port: 'http' } },
  startup: { action: { kind: 'exec', command: ['true', text`${host('orders-db')}`] } },
  resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
  postStart: { kind: 'http', path: '/warm', port: 'http' },
  preStop: ['sleep', '3'],
  restartPolicy: 'Always',
  runAsUser: 2000,
  capabilities: ['NET_BIND_SERVICE'],
  privileged: false,
  writableRootFilesystem: true,
};

/** Scheduling with every field. */
export const everyScheduling: Required<Scheduling> = {
  nodeSelector: { 'kubernetes.io/arch': 'arm64' },
  tolerations: [
    { key: 'dedicated', value: 'shop', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', tolerationSeconds: 30 },
    {},
  ],
  topologySpread: [{ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 }],
  nodeAffinity: {
    required: [
      { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
      { key: 'spot', operator: 'DoesNotExist' },
    ],
    preferred: [{ weight: 50, requirements: [{ key: 'disk', operator: 'NotIn', values: ['slow'] }] }],
  },
  podAffinity: [{ service: 'orders', topologyKey: 'topology.kubernetes.io/zone', weight: 10 }],
  podAntiAffinity: [{ topologyKey: 'kubernetes.io/hostname' }],
  priorityClass: 'shop-front',
};

/** Autoscaling with every field. */
export const everyAutoscaling: Required<Autoscaling> = {
  min: 2,
  max: 5,
  cpuPercent: 70,
  metrics: [
    { kind: 'resource', name: 'memory', averageUtilization: 80 },
    { kind: 'containerResource', name: 'cpu', container: 'web', averageUtilization: 60 },
    { kind: 'pods', metric: 'requests', averageValue: '100' },
    { kind: 'external', metric: 'queue_messages', labels: { queue: 'orders' }, averageValue: '30' },
  ],
  behavior: {
    scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }] },
    scaleDown: { selectPolicy: 'Disabled' },
  },
};

/** A job with every field. */
export const everyJob: Required<ServiceJob> = {
  name: 'reindex',
  when: {
    kind: 'schedule',
    cron: '30 3 * * *',
    timeZone: 'Europe/Berlin',
    concurrency: 'Replace',
    startingDeadlineSeconds: 60,
    successfulHistory: 1,
    failedHistory: 2,
    suspended: true,
  },
  container: 'web',
  command: ['reindex'],
  args: ['--all'],
  env: { MODE: 'nightly' },
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
  connects: [connectsTo('orders-db', 'postgresql')],
  deadlineSeconds: 1800,
  retries: 2,
};

/** A service with every field. */
export const everyService: Required<Service> = {
  name: 'web',
  workload: 'StatefulSet',
  names: { workload: 'web-set', service: 'web-front' },
  replicas: 3,
  autoscaling: everyAutoscaling,
  maxUnavailable: '50%',
  selector: { 'app.kubernetes.io/name': 'web' },
  serviceLabels: { team: 'shop' },
  containers: [everyContainer],
  initContainers: [
    { name: 'prepare', image: 'acme/prepare:1.0', resources: { requests: { cpu: '10m', memory: '16Mi' } } },
  ],
  configs: [
    { name: 'web-config', data: { LOG_LEVEL: 'INFO', DATABASE: text`${host('orders-db')}` }, labels: { app: 'web' } },
    { name: 'web-files', data: { 'web.conf': 'listen 8080\n' } },
  ],
  volumes: [
    { name: 'uploads', kind: 'claim', claim: 'uploads' },
    {
      name: 'web-files',
      kind: 'config',
      config: 'web-files',
      items: [{ key: 'web.conf', path: 'conf.d/web.conf', mode: '0444' }],
      defaultMode: '0440',
    },
    {
      name: 'key',
      kind: 'secret',
      credential: 'ops-read',
      items: [{ key: 'sshPrivateKey', path: 'id' }],
      defaultMode: '0400',
    },
    { name: 'cache', kind: 'emptyDir', sizeLimit: '64Mi', medium: 'Memory' },
    {
      name: 'identity',
      kind: 'projected',
      sources: [
        { kind: 'config', config: 'web-files', items: [{ key: 'web.conf', path: 'web.conf' }] },
        { kind: 'secret', credential: 'ops-read', items: [{ key: 'sshPrivateKey', path: 'ssh/key', mode: '0400' }] },
        { kind: 'downwardAPI', items: [{ field: 'metadata.labels', path: 'labels' }] },
        { kind: 'serviceAccountToken', audience: 'vault', path: 'token', expirationSeconds: 900 },
      ],
      defaultMode: '0444',
    },
    { name: 'index', kind: 'claimPerReplica', size: '2Gi', storageClass: 'local-path' },
    { name: 'scratch', kind: 'ephemeral', size: '1Gi', storageClass: 'local-path' },
  ],
  ports: [
    { name: 'http', port: 80, targetPort: 'http' },
    { name: 'raw', port: 8080, named: true },
  ],
  serviceType: 'LoadBalancer',
  publishNotReadyAddresses: true,
  podManagementPolicy: 'Parallel',
  routes: [{ path: '/web', host: 'web.example.com', port: 'http', appendSlash: true }],
  connects: [connectsTo('orders-db', 'postgresql'), httpsOut('looks at the weather')],
  jobs: [everyJob],
  scheduling: everyScheduling,
  rollout: { maxSurge: 1, maxUnavailable: 0, minReadySeconds: 5, revisionHistoryLimit: 3 },
  strategy: 'RollingUpdate',
  progressDeadlineSeconds: 60,
  terminationGraceSeconds: 45,
  shareProcessNamespace: true,
  serviceAccount: {
    kind: 'own',
    name: 'web-front',
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/web' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['dev-flags'], verbs: ['get', 'watch'] }],
    mountToken: true,
  },
  runAs: { user: 1234, group: 5678 },
  metrics: { port: 'http', path: '/stats', intervalSeconds: 15 },
  podSecurity: { level: 'baseline', reason: 'its image starts as root' },
  imagePullCredential: 'ops-read',
};
