import type { KubernetesObject } from '../../model/application.ts';
import { variable } from '../../objects/tools/tekton-task.ts';
import { lockedDown, runsAs, toolJob } from '../../objects/tools/tool-job.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';
import { unprivileged } from './tasks/step.ts';

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
  return toolJob({
    name,
    namespace,
    // A run that failed says nothing about what is delivered.
    annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
    schedule: '17 * * * *',
    startsWithinSeconds: 600,
    endsWithinSeconds: 300,
    // The API server, whose own address and port behind its Service each cluster chooses.
    reaches: [{ protocol: 'TCP' }],
    pod: {
      serviceAccountName: name,
      automountServiceAccountToken: true,
      securityContext: runsAs(unprivileged.runAsUser),
      containers: [
        {
          name: 'prune',
          image: tools.kubectl,
          command: ['sh', '-c', script],
          env: [variable('NAMESPACE', namespace), variable('PIPELINE', pipeline), variable('KEPT', String(keptRuns))],
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
          securityContext: lockedDown,
        },
      ],
    },
  });
}
