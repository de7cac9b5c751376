import type { KubernetesObject } from '../../model/application.ts';
import type { Stage } from '../../model/stage.ts';
import { granted } from '../../objects/tools/granted.ts';
import { lockedDown, runsAs, toolJob } from '../../objects/tools/tool-job.ts';
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
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false },
    ...granted(name, namespace, [
      { apiGroups: [kargoGroup], resources: ['stages'], resourceNames: soaking, verbs: ['get', 'patch'] },
    ]),
    ...toolJob({
      name,
      namespace,
      // A run that failed says nothing about what is delivered.
      annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
      schedule: '* * * * *',
      startsWithinSeconds: 60,
      endsWithinSeconds: 50,
      // The API server, whose own address and port behind its Service each cluster chooses.
      reaches: [{ protocol: 'TCP' }],
      pod: pod(namespace, soaking, image),
    }),
  ];
}

const pod = (namespace: string, stages: readonly string[], image: string): Readonly<Record<string, unknown>> => ({
  serviceAccountName: name,
  automountServiceAccountToken: true,
  securityContext: runsAs(65532),
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
      securityContext: lockedDown,
    },
  ],
});
