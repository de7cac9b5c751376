import type { KubernetesObject } from '../../model/application.ts';
import type { Stage } from '../../model/stage.ts';
import { kargoGroup, refresh } from './settings.ts';

const name = 'kargo-soak-end';

/** What the job runs, unless the stages say an image by its digest: the registry moves no tag of it. */
const usualImage = 'registry.k8s.io/kubectl:v1.34.1';

/**
 * Has Kargo look every minute at the stages before which a release soaks: by itself it looks every five minutes only, and the end of a soak is no
 * event. Nothing where no stage waits.
 */
export function soakEnd(namespace: string, stages: readonly Stage[]): readonly KubernetesObject[] {
  const promoters = stages.flatMap(({ name: stage, promoter }) =>
    promoter?.kind === 'kargo' && promoter.soakMinutes !== undefined ? [{ stage, image: promoter.soakImage }] : [],
  );
  const soaking = promoters.map(({ stage }) => stage);
  const image = promoters.find((promoter) => promoter.image !== undefined)?.image ?? usualImage;
  if (soaking.length === 0) return [];
  const labels = { app: name };
  const metadata = { name, namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [kargoGroup], resources: ['stages'], resourceNames: soaking, verbs: ['get', 'patch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        // Nobody is let in: the API server keeps no empty list.
        policyTypes: ['Ingress', 'Egress'],
        // The API server, whose own address and port behind its Service each cluster chooses.
        egress: [{ ports: [{ protocol: 'TCP' }] }],
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      // A run that failed says nothing about what is delivered.
      metadata: { ...metadata, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
      spec: {
        schedule: '* * * * *',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 60,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 50,
            template: { metadata: { labels }, spec: pod(namespace, soaking, image) },
          },
        },
      },
    },
  ];
}

const pod = (namespace: string, stages: readonly string[], image: string): Readonly<Record<string, unknown>> => ({
  restartPolicy: 'Never',
  serviceAccountName: name,
  automountServiceAccountToken: true,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 65532,
    runAsGroup: 65532,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [
    {
      name: 'refresh',
      image,
      // The name of a pod is of one run, so that the annotation is another each time.
      args: [
        'annotate',
        '--overwrite',
        '--namespace',
        namespace,
        `stages.${kargoGroup}`,
        ...stages,
        `${refresh}=$(RUN)`,
      ],
      env: [{ name: 'RUN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
});
