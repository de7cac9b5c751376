/** Workloads that an API server accepts, for tests to change. */

/** An object as it is rendered. */
export interface AnyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

const podTemplate = {
  metadata: { labels: { app: 'orders' }, annotations: { 'example.org/config-hash': 'ab12' } },
  spec: {
    serviceAccountName: 'orders',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 30,
    initContainers: [{ name: 'proxy', image: 'example.org/proxy:1.2.3', restartPolicy: 'Always' }],
    containers: [
      {
        name: 'orders',
        image: 'example.org/orders:1.2.3',
        command: ['sh', '-c'],
        args: ['exec serve'],
        ports: [
          { name: 'http', containerPort: 3000 },
          { name: 'dns', containerPort: 53, protocol: 'UDP' },
          { name: 'dns-tcp', containerPort: 53 },
        ],
        env: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'orders-db', key: 'password' } } },
        ],
        envFrom: [{ configMapRef: { name: 'orders' } }],
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: 1, memory: '0.5Gi' } },
        readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5, failureThreshold: 3 },
        livenessProbe: { tcpSocket: { port: 3000 }, initialDelaySeconds: 10 },
        startupProbe: { exec: { command: ['true'] } },
        lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [
          { name: 'cache', mountPath: '/cache' },
          { name: 'config', mountPath: '/etc/orders', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'cache', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'config', configMap: { name: 'orders', defaultMode: 0o444, items: [{ key: 'a.yaml', path: 'a.yaml' }] } },
      { name: 'data', persistentVolumeClaim: { claimName: 'orders' } },
    ],
    tolerations: [{ key: 'example.org/dedicated', operator: 'Equal', value: 'orders', effect: 'NoSchedule' }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'orders' } },
      },
    ],
    imagePullSecrets: [{ name: 'registry' }],
  },
};

/** Kubernetes 1.28 knows the restartPolicy of a container only behind a feature gate. */
export const plainPodTemplate = { ...podTemplate, spec: { ...podTemplate.spec, initContainers: [] } };

export const deployment: AnyObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders', labels: { app: 'orders' } },
  spec: {
    replicas: 2,
    progressDeadlineSeconds: 120,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
    selector: { matchLabels: { app: 'orders' } },
    template: plainPodTemplate,
  },
};

export const sidecarDeployment: AnyObject = {
  ...deployment,
  spec: { selector: { matchLabels: { app: 'orders' } }, template: podTemplate },
};

export const statefulSet: AnyObject = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db' },
  spec: {
    serviceName: 'db',
    replicas: 1,
    ordinals: { start: 0 },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    selector: { matchLabels: { app: 'orders' } },
    template: plainPodTemplate,
    volumeClaimTemplates: [
      {
        metadata: { name: 'data-dir' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'local-path',
          resources: { requests: { storage: '1Gi' } },
        },
      },
    ],
  },
};

/** The template of a pod that ends. */
export const oncePod = { ...plainPodTemplate, spec: { ...plainPodTemplate.spec, restartPolicy: 'OnFailure' } };

export const cronJob: AnyObject = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'backup' },
  spec: {
    schedule: '0 2 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: { spec: { backoffLimit: 2, activeDeadlineSeconds: 600, template: oncePod } },
  },
};
