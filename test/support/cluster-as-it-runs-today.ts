import type { KubernetesObject } from '../../src/model/application.ts';
import { suiteLabels } from './cluster.ts';

/**
 * The todo system of exercise 4.9 as it runs today, before this program takes it over: what its two Applications made, object by
 * object, defects included. Each environment's name is its namespace and the prefix of every name.
 */
export function objectsToday(environment: string): readonly KubernetesObject[] {
  const named = (base: string, labels?: Readonly<Record<string, string>>) => ({ name: `${environment}-${base}`, namespace: environment, ...(labels === undefined ? {} : { labels }) });
  const tag = environment === 'staging' ? '7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd' : 'v4.9.9';
  const podNamespace = { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };
  const secretKey = (variable: string, name: string, key: string) => ({ name: variable, valueFrom: { secretKeyRef: { name, key } } });
  const resources = { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
  const images = { name: 'shared-image', persistentVolumeClaim: { claimName: `${environment}-local-pv-claim` } };
  const mounted = [{ name: 'shared-image', mountPath: '/usr/src/app/files' }];
  const password = `${environment}-postgres-db-secret`;
  const nats = 'nats://nats.default.svc.cluster.local:4222';

  const configMap = (metadata: KubernetesObject['metadata'], data: Readonly<Record<string, string>>): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  const service = (base: string, app: string, spec: object, labels?: Readonly<Record<string, string>>): KubernetesObject => ({ apiVersion: 'v1', kind: 'Service', metadata: named(base, labels), spec: { selector: { app }, ...spec } });
  const deployment = (base: string, app: string, replicas: number, spec: object): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: named(base),
    spec: { replicas, selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec } },
  });

  return [
    configMap(named('postgres-db-config', { app: 'postgresql-db' }), { PGDATA: '/data/pgdata', POSTGRES_DB: `todos-${environment}`, POSTGRES_INITDB_ARGS: '--encoding=UTF-8', POSTGRES_USER: 'testdbuser' }),
    configMap(named(`${environment}-postgres-init-script`), { 'init.sql': `\\c postgres\nDROP DATABASE IF EXISTS "todos-${environment}";\nCREATE DATABASE "todos-${environment}";\n` }),
    configMap(named('todo-app-config'), {
      CACHE_DIR: '/usr/src/app/files/cache',
      IMG_URL: 'https://picsum.photos/300',
      LOG_FORMAT: `${environment}: %(asctime)s - %(name)s - %(levelname)s - %(message)s`,
      LOG_LEVEL: 'DEBUG',
      TODO_BACKEND_API: '/todos/',
    }),
    configMap(named('todo-backend-config', { app: 'todo-backend' }), { DB_HOST: 'postgresql-db-svc', DB_PORT: '5432', LOG_LEVEL: 'DEBUG', NATS_URL: nats }),
    { apiVersion: 'v1', kind: 'Secret', metadata: named('postgres-db-secret'), type: 'Opaque', stringData: { POSTGRES_PASSWORD: 'in-plain-text-in-git' } },
    service('postgresql-db-svc', 'postgresql-db', { clusterIP: 'None', ports: [{ name: 'postgressql', port: 5432 }] }, { app: 'postgresql-db' }),
    service('todo-app-svc', 'todo-app', { type: 'ClusterIP', ports: [{ port: 1234, protocol: 'TCP', targetPort: 3000 }] }),
    service('todo-backend-svc', 'todo-backend', { type: 'ClusterIP', ports: [{ port: 4567, protocol: 'TCP', targetPort: 3000 }] }),
    deployment('broadcaster-dep', 'broadcaster', 6, {
      containers: [
        {
          name: 'broadcaster',
          image: `arkb2023/broadcaster:${tag}`,
          env: [
            { name: 'FORWARD_TO_EXTERNAL_SERVICE', value: String(environment === 'production') },
            ...(environment === 'production' ? [secretKey('SLACK_WEBHOOK_URL', 'slack-webhook-secret', 'webhook_url')] : []),
            { name: 'NATS_URL', value: nats },
            { name: 'LOG_LEVEL', value: 'INFO' },
            podNamespace,
          ],
          readinessProbe: { exec: { command: ['sh', '-c', 'echo ok'] }, initialDelaySeconds: 2, periodSeconds: 10 },
          resources,
        },
      ],
    }),
    deployment('todo-app-dep', 'todo-app', 1, {
      volumes: [images],
      containers: [
        {
          name: 'todo-app-container',
          image: `arkb2023/todo-app:${tag}`,
          env: [podNamespace],
          envFrom: [{ configMapRef: { name: `${environment}-todo-app-config` } }],
          volumeMounts: mounted,
          readinessProbe: { httpGet: { path: '/healthz', port: 3000 }, initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 },
          resources,
        },
        {
          name: 'todo-backend-fetcher',
          image: `arkb2023/todo-app:${tag}`,
          command: ['/bin/sh', '-c', 'tail -f /dev/null'],
          env: [podNamespace],
          volumeMounts: mounted,
          readinessProbe: { exec: { command: ['/bin/sh', '-c', 'curl -f http://${POD_NAMESPACE}-todo-backend-svc:4567/todos/healthz'] }, initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 3, successThreshold: 1, failureThreshold: 3 },
          resources,
        },
      ],
    }),
    deployment('todo-backend-dep', 'todo-backend', 1, {
      volumes: [images],
      containers: [
        {
          name: 'todo-backend-container',
          image: `arkb2023/todo-backend:${tag}`,
          env: [podNamespace],
          envFrom: [{ configMapRef: { name: `${environment}-todo-backend-config` } }, { configMapRef: { name: `${environment}-postgres-db-config` } }, { secretRef: { name: password } }],
          volumeMounts: mounted,
          readinessProbe: { httpGet: { path: '/todos/healthz', port: 3000 }, initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 5, successThreshold: 1, failureThreshold: 3 },
          resources,
        },
      ],
    }),
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: named('postgresql-db'),
      spec: {
        replicas: 1,
        serviceName: `${environment}-postgresql-db-svc`,
        selector: { matchLabels: { app: 'postgresql-db' } },
        template: {
          metadata: { labels: { app: 'postgresql-db' } },
          spec: {
            volumes: [{ name: 'init-script', configMap: { name: `${environment}-${environment}-postgres-init-script` } }],
            containers: [
              {
                name: 'postgresql-db',
                image: 'postgres:latest',
                env: [secretKey('POSTGRES_PASSWORD', password, 'POSTGRES_PASSWORD')],
                envFrom: [{ configMapRef: { name: `${environment}-postgres-db-config` } }],
                volumeMounts: [{ name: 'postgresql-db-disk', mountPath: '/data' }, { name: 'init-script', mountPath: '/docker-entrypoint-initdb.d' }],
                resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
              },
            ],
          },
        },
        volumeClaimTemplates: [{ metadata: { name: 'postgresql-db-disk' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'local-path', resources: { requests: { storage: '100Mi' } } } }],
      },
    },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: named('local-pv-claim'), spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'manual', volumeName: `${environment}-local-pv`, resources: { requests: { storage: '1Gi' } } } },
    {
      apiVersion: 'traefik.containo.us/v1alpha1',
      kind: 'IngressRoute',
      metadata: named('todo-ingressroute'),
      spec: {
        entryPoints: ['web'],
        routes: [
          { kind: 'Rule', match: `PathPrefix(\`/${environment}\`)`, services: [{ name: `${environment}-todo-app-svc`, port: 1234 }], middlewares: [{ name: `${environment}-ingressroute-prefix-strip` }] },
          { kind: 'Rule', match: `PathPrefix(\`/${environment}/todos\`)`, services: [{ name: `${environment}-todo-backend-svc`, port: 4567 }], middlewares: [{ name: `${environment}-ingressroute-prefix-strip` }] },
        ],
      },
    },
    { apiVersion: 'traefik.containo.us/v1alpha1', kind: 'Middleware', metadata: named('ingressroute-prefix-strip'), spec: { stripPrefix: { prefixes: [`/${environment}`] } } },
    ...(environment === 'production' ? [backupToday] : []),
  ];
}

/** The volume of the pictures; the folder and the node are the cluster's own. */
export const volumeToday = (environment: string, node: string, path: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: `${environment}-local-pv` },
  spec: {
    capacity: { storage: '1Gi' },
    volumeMode: 'Filesystem',
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'manual',
    local: { path },
    nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } },
  },
});

const backupToday: KubernetesObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'production-postgres-backup', namespace: 'production' },
  spec: {
    schedule: '*/15 * * * *',
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      spec: {
        template: {
          spec: {
            restartPolicy: 'OnFailure',
            volumes: [{ name: 'postgres-data', persistentVolumeClaim: { claimName: 'postgresql-db-disk-production-postgresql-db-0' } }],
            initContainers: [{ name: 'setup-backup-dir', image: 'busybox:1.36', command: ['sh', '-c', 'mkdir -p /postgres-backups && chmod 777 /postgres-backups && ls -la /postgres-backups'], volumeMounts: [{ name: 'postgres-data', mountPath: '/postgres-backups' }] }],
            containers: [
              {
                name: 'postgres-backup',
                image: 'postgres:18-alpine',
                command: ['/bin/sh', '-c', 'pg_dumpall -h production-postgresql-db-svc > /postgres-backups/backup-full-$(date +%Y%m%d-%H%M%S).sql; echo done'],
                env: [{ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'production-postgres-db-secret', key: 'POSTGRES_PASSWORD' } } }, { name: 'PGUSER', value: 'testdbuser' }],
                securityContext: { runAsUser: 999, runAsGroup: 999 },
                volumeMounts: [{ name: 'postgres-data', mountPath: '/postgres-backups' }],
                resources: { requests: { cpu: '100m', memory: '128Mi' } },
              },
            ],
          },
        },
      },
    },
  },
};

/** Folder of the configuration repository that an environment's Application follows today. */
export const folderToday = (environment: string): string => `apps/the-project/overlays/${environment === 'production' ? 'prod' : environment}`;

/** The Application as it was applied by hand. */
export const applicationToday = (environment: string, repoURL: string): KubernetesObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: `the-project-${environment}`, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL, path: folderToday(environment), targetRevision: 'HEAD' },
    destination: { server: 'https://kubernetes.default.svc', namespace: environment },
    syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
  },
});

/** Definitions of Traefik's old group, which a cluster of today may still have. */
export const oldTraefikDefinitions: readonly KubernetesObject[] = (['IngressRoute', 'Middleware'] as const).map((kind) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.traefik.containo.us`, labels: suiteLabels },
  spec: {
    group: 'traefik.containo.us',
    names: { kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase() },
    scope: 'Namespaced',
    versions: [{ name: 'v1alpha1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
}));
