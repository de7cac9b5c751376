import type { KubernetesObject } from '../../model/application.ts';

/** A job of a tool, which runs again and again beside what it looks after. */
export interface ToolJob {
  readonly name: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** A cron expression. */
  readonly schedule: string;
  /** Seconds after which a run that could not start is left out. */
  readonly startsWithinSeconds: number;
  /** Seconds after which a run is given up. */
  readonly endsWithinSeconds: number;
  /** How many failed runs are kept to look at. @default 1 */
  readonly keptFailures?: number;
  /** Ports that its pods reach, wherever these are; nobody reaches them. */
  readonly reaches: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port?: number }[];
  /** What its pods are, besides that they are not started again. */
  readonly pod: Readonly<Record<string, unknown>>;
}

/** Who a pod of a job runs as: one user that is not root. */
export const runsAs = (user: number): Readonly<Record<string, unknown>> => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  seccompProfile: { type: 'RuntimeDefault' },
});

/** What lets nothing of a container be more than it is, or write beside its volumes. */
export const lockedDown = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

/** Labels of the pods of a job, which what they may reach is said of. */
const podLabels = ({ name }: Pick<ToolJob, 'name'>) => ({ app: name });

/** One run: it is tried once, and ends by itself. */
export const oneRun = (
  job: Pick<ToolJob, 'name' | 'endsWithinSeconds' | 'pod'>,
): Readonly<Record<string, unknown>> => ({
  backoffLimit: 0,
  activeDeadlineSeconds: job.endsWithinSeconds,
  template: { metadata: { labels: podLabels(job) }, spec: { restartPolicy: 'Never', ...job.pod } },
});

/** A CronJob, never two runs at once, and what its pods may reach. */
export function toolJob({ name, namespace, keptFailures = 1, ...job }: ToolJob): readonly KubernetesObject[] {
  const metadata = { name, namespace };
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: podLabels({ name }) },
        // Nobody is let in: the API server keeps no empty list.
        policyTypes: ['Ingress', 'Egress'],
        egress: [{ ports: job.reaches }],
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { ...metadata, annotations: job.annotations },
      spec: {
        schedule: job.schedule,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: job.startsWithinSeconds,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: keptFailures,
        jobTemplate: { spec: oneRun({ name, ...job }) },
      },
    },
  ];
}
