import type { KubernetesObject } from '../../src/model/application.ts';

/**
 * The system as it runs before Portolan takes it over: every object of one environment, with the defects it had. Values are
 * the original's, except for the password. Tests hold that what identifies the objects survives and that each defect is gone.
 */
export function liveSystem(env: string): readonly KubernetesObject[] {
  const production = env === 'production';
  const tag = production ? 'v4.9.9' : '7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd';
  const named = (name: string, labels?: Record<string, string>) => ({
    name: `${env}-${name}`,
    namespace: env,
    ...(labels && { labels }),
  });
  const standard = { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
  const namespaceVariable = { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } };
  const shared = { volumes: [{ name: 'shared-image', persistentVolumeClaim: { claimName: `${env}-local-pv-claim` } }] };
  const mounts = [{ name: 'shared-image', mountPath: '/usr/src/app/files' }];

  const deployment = (name: string, replicas: number, spec: object): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: named(`${name}-dep`),
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec },
    },
  });

  const service = (name: string, labels: Record<string, string> | undefined, spec: object): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: named(`${name}-svc`, labels),
    spec: { selector: { app: name }, ...spec },
  });

  const config = (name: string, data: Record<string, string>, labels?: Record<string, string>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: named(name, labels),
    data,
  });

  return [
    config(
      'postgres-db-config',
      {
        PGDATA: '/data/pgdata',
        POSTGRES_DB: `todos-${env}`,
        POSTGRES_INITDB_ARGS: '--encoding=UTF-8',
        POSTGRES_USER: 'testdbuser',
      },
      { app: 'postgresql-db' },
    ),
    config(`${env}-postgres-init-script`, {
      'init.sql': `\\c postgres\nDROP DATABASE IF EXISTS "todos-${env}";\nCREATE DATABASE "todos-${env}";\n\\c "todos-${env}"\nCREATE TABLE IF NOT EXISTS todos (id SERIAL PRIMARY KEY);\n`,
    }),
    config('todo-app-config', {
      CACHE_DIR: '/usr/src/app/files/cache',
      IMG_URL: 'https://picsum.photos/300',
      LOG_FORMAT: `${env}: %(asctime)s - %(name)s - %(levelname)s - %(message)s`,
      LOG_LEVEL: 'DEBUG',
      TODO_BACKEND_API: '/todos/',
    }),
    config(
      'todo-backend-config',
      {
        DB_HOST: 'postgresql-db-svc',
        DB_PORT: '5432',
        LOG_LEVEL: 'DEBUG',
        NATS_URL: 'nats://nats.default.svc.cluster.local:4222',
      },
      { app: 'todo-backend' },
    ),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: named('postgres-db-secret'),
      type: 'Opaque',
      stringData: { POSTGRES_PASSWORD: 'in-plain-text-in-git' },
    },
    service(
      'postgresql-db',
      { app: 'postgresql-db' },
      { clusterIP: 'None', ports: [{ name: 'postgressql', port: 5432 }] },
    ),
    service('todo-app', undefined, { type: 'ClusterIP', ports: [{ port: 1234, protocol: 'TCP', targetPort: 3000 }] }),
    service('todo-backend', undefined, {
      type: 'ClusterIP',
      ports: [{ port: 4567, protocol: 'TCP', targetPort: 3000 }],
    }),
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${env}-local-pv` },
      spec: {
        capacity: { storage: '1Gi' },
        volumeMode: 'Filesystem',
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'manual',
        local: { path: `/tmp/kube-${env}` },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/hostname', operator: 'In', values: ['k3d-dwk-local-agent-0'] },
                ],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: named('local-pv-claim'),
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'manual',
        volumeName: `${env}-local-pv`,
      },
    },
    deployment('broadcaster', 6, {
      containers: [
        {
          name: 'broadcaster',
          image: `arkb2023/broadcaster:${tag}`,
          env: [
            { name: 'FORWARD_TO_EXTERNAL_SERVICE', value: String(production) },
            ...(production
              ? [
                  {
                    name: 'SLACK_WEBHOOK_URL',
                    valueFrom: { secretKeyRef: { name: 'slack-webhook-secret', key: 'webhook_url' } },
                  },
                ]
              : []),
            { name: 'NATS_URL', value: 'nats://nats.default.svc.cluster.local:4222' },
            { name: 'LOG_LEVEL', value: 'INFO' },
            namespaceVariable,
          ],
          readinessProbe: { exec: { command: ['sh', '-c', 'echo ok'] }, initialDelaySeconds: 2, periodSeconds: 10 },
          resources: standard,
        },
      ],
    }),
    deployment('todo-app', 1, {
      containers: [
        {
          name: 'todo-app-container',
          image: `arkb2023/todo-app:${tag}`,
          env: [namespaceVariable],
          envFrom: [{ configMapRef: { name: `${env}-todo-app-config` } }],
          readinessProbe: {
            httpGet: { path: '/healthz', port: 3000 },
            initialDelaySeconds: 10,
            periodSeconds: 5,
            timeoutSeconds: 1,
            successThreshold: 1,
            failureThreshold: 3,
          },
          resources: standard,
          volumeMounts: mounts,
        },
        {
          name: 'todo-backend-fetcher',
          image: `arkb2023/todo-app:${tag}`,
          command: ['/bin/sh', '-c', 'tail -f /dev/null'],
          env: [namespaceVariable],
          readinessProbe: {
            exec: { command: ['/bin/sh', '-c', 'curl -f http://${POD_NAMESPACE}-todo-backend-svc:4567/todos/healthz'] },
            initialDelaySeconds: 10,
            periodSeconds: 5,
            timeoutSeconds: 3,
            successThreshold: 1,
            failureThreshold: 3,
          },
          resources: standard,
          volumeMounts: mounts,
        },
      ],
      ...shared,
    }),
    deployment('todo-backend', 1, {
      containers: [
        {
          name: 'todo-backend-container',
          image: `arkb2023/todo-backend:${tag}`,
          env: [namespaceVariable],
          envFrom: [
            { configMapRef: { name: `${env}-todo-backend-config` } },
            { configMapRef: { name: `${env}-postgres-db-config` } },
            { secretRef: { name: `${env}-postgres-db-secret` } },
          ],
          readinessProbe: {
            httpGet: { path: '/todos/healthz', port: 3000 },
            initialDelaySeconds: 10,
            periodSeconds: 5,
            timeoutSeconds: 5,
            successThreshold: 1,
            failureThreshold: 3,
          },
          resources: standard,
          volumeMounts: mounts,
        },
      ],
      ...shared,
    }),
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: named('postgresql-db'),
      spec: {
        replicas: 1,
        serviceName: `${env}-postgresql-db-svc`,
        selector: { matchLabels: { app: 'postgresql-db' } },
        template: {
          metadata: { labels: { app: 'postgresql-db' } },
          spec: {
            containers: [
              {
                name: 'postgresql-db',
                image: 'postgres:latest',
                env: [
                  {
                    name: 'POSTGRES_PASSWORD',
                    valueFrom: { secretKeyRef: { name: `${env}-postgres-db-secret`, key: 'POSTGRES_PASSWORD' } },
                  },
                ],
                envFrom: [{ configMapRef: { name: `${env}-postgres-db-config` } }],
                resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
                volumeMounts: [
                  { name: 'postgresql-db-disk', mountPath: '/data' },
                  { name: 'init-script', mountPath: '/docker-entrypoint-initdb.d' },
                ],
              },
            ],
            volumes: [{ name: 'init-script', configMap: { name: `${env}-${env}-postgres-init-script` } }],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'postgresql-db-disk' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'local-path',
              resources: { requests: { storage: '100Mi' } },
            },
          },
        ],
      },
    },
    ...(production ? [backupJob] : []),
    {
      apiVersion: 'traefik.containo.us/v1alpha1',
      kind: 'IngressRoute',
      metadata: named('todo-ingressroute'),
      spec: {
        entryPoints: ['web'],
        routes: [['', 'todo-app', 1234] as const, ['/todos', 'todo-backend', 4567] as const].map(
          ([path, of, port]) => ({
            kind: 'Rule',
            match: `PathPrefix(\`/${env}${path}\`)`,
            middlewares: [{ name: `${env}-ingressroute-prefix-strip` }],
            services: [{ name: `${env}-${of}-svc`, port }],
          }),
        ),
      },
    },
    {
      apiVersion: 'traefik.containo.us/v1alpha1',
      kind: 'Middleware',
      metadata: named('ingressroute-prefix-strip'),
      spec: { stripPrefix: { prefixes: [`/${env}`] } },
    },
  ];
}

/** The NATS that both environments shared, in a namespace of nobody, applied by hand. */
export const liveNats: readonly KubernetesObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'nats-dep', namespace: 'default' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'nats' } },
      template: {
        metadata: { labels: { app: 'nats' } },
        spec: {
          containers: [
            {
              name: 'nats',
              image: 'nats:2.10-alpine',
              args: ['-js'],
              ports: [{ containerPort: 4222 }, { containerPort: 8222 }],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'nats', namespace: 'default' },
    spec: {
      selector: { app: 'nats' },
      ports: [
        { name: 'client', port: 4222 },
        { name: 'monitoring', port: 8222 },
      ],
    },
  },
];

/** Folder of the source repository that an environment's Application followed. */
export const liveFolder = (env: string): string => `apps/the-project/overlays/${env === 'production' ? 'prod' : env}`;

/** The order to Argo CD, as it was applied by hand. */
export const liveApplication = (
  env: string,
  repoURL = 'https://github.com/arkb2023/devops-kubernetes',
): KubernetesObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: `the-project-${env}`, namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL, path: liveFolder(env), targetRevision: 'HEAD' },
    destination: { server: 'https://kubernetes.default.svc', namespace: env },
    syncPolicy: { automated: {}, syncOptions: ['CreateNamespace=true'] },
  },
});

const backupScript =
  'pg_dumpall -h production-postgresql-db-svc > /postgres-backups/backup-full-$(date +%Y%m%d-%H%M%S).sql\nfind /postgres-backups -name "backup-full-*.sql" -mtime +7 -delete\necho done\n';

const backupJob: KubernetesObject = {
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
            initContainers: [
              {
                name: 'setup-backup-dir',
                image: 'busybox:1.36',
                command: ['sh', '-c', 'mkdir -p /postgres-backups && chmod 777 /postgres-backups'],
                volumeMounts: [{ name: 'postgres-data', mountPath: '/postgres-backups' }],
              },
            ],
            containers: [
              {
                name: 'postgres-backup',
                image: 'postgres:18-alpine',
                command: ['sh', '-c', backupScript],
                env: [
                  {
                    name: 'PGPASSWORD',
                    valueFrom: { secretKeyRef: { name: 'production-postgres-db-secret', key: 'POSTGRES_PASSWORD' } },
                  },
                  { name: 'PGUSER', value: 'testdbuser' },
                ],
                securityContext: { runAsUser: 999, runAsGroup: 999 },
                resources: { requests: { cpu: '100m', memory: '128Mi' } },
                volumeMounts: [{ name: 'postgres-data', mountPath: '/postgres-backups' }],
              },
            ],
            volumes: [
              {
                name: 'postgres-data',
                persistentVolumeClaim: { claimName: 'postgresql-db-disk-production-postgresql-db-0' },
              },
            ],
          },
        },
      },
    },
  },
};
