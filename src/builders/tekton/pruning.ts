import type { KubernetesObject } from '../../model/application.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';
import { unprivileged, variable } from './tasks/step.ts';

/** Runs that are kept where a builder does not say. */
const usuallyKept = 10;

/** Removes what ended but the newest, and with each run its disk. What still runs is left alone. */
const script = `set -eu
ended=$(kubectl get pipelineruns.tekton.dev --namespace "$NAMESPACE" --selector "tekton.dev/pipeline=$PIPELINE" \\
  --sort-by=.metadata.creationTimestamp --output=jsonpath='{range .items[?(@.status.completionTime)]}{.metadata.name}{"\\n"}{end}')
printf '%s' "$ended" | awk -v kept="$KEPT" '{ name[NR] = $0 } END { for (i = 1; i <= NR - kept; i++) print name[i] }' |
  while read -r run; do kubectl delete pipelineruns.tekton.dev --namespace "$NAMESPACE" --wait=false "$run"; done
`;

/** What keeps runs from piling up, each with a disk: Tekton itself removes none. */
export function pruning(namespace: string, supply: TektonSupply): readonly KubernetesObject[] {
  const { prunes: name, pipeline } = objectNamesOf(supply);
  const { tools, keptRuns = usuallyKept } = supply.builder;
  const metadata = { name, namespace };
  const labels = { app: name };
  return [
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
        schedule: '17 * * * *',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 300,
            template: {
              metadata: { labels },
              spec: {
                restartPolicy: 'Never',
                serviceAccountName: name,
                automountServiceAccountToken: true,
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: unprivileged.runAsUser,
                  runAsGroup: unprivileged.runAsGroup,
                  seccompProfile: unprivileged.seccompProfile,
                },
                containers: [
                  {
                    name: 'prune',
                    image: tools.kubectl,
                    command: ['sh', '-c', script],
                    env: [
                      variable('NAMESPACE', namespace),
                      variable('PIPELINE', pipeline),
                      variable('KEPT', String(keptRuns)),
                    ],
                    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
                    securityContext: {
                      allowPrivilegeEscalation: false,
                      readOnlyRootFilesystem: true,
                      capabilities: { drop: ['ALL'] },
                    },
                  },
                ],
              },
            },
          },
        },
      },
    },
  ];
}
