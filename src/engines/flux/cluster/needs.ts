import { engineNamespaceOf, type Environment } from '../../../model/environment.ts';
import { numberOf, valueAt } from '../../../objects/fields.ts';
import type { Need, Needs } from '../../engine-in-cluster.ts';

/** Where the oldest version that will do is installed from. */
const manifest = 'https://github.com/fluxcd/flux2/releases/download/v2.7.0/install.yaml';

/** The line that installs Flux; its manifest says the namespace itself. */
export const installLine = (kubectl: string): string => `${kubectl} apply --server-side -f ${manifest}`;

const parts = ['source-controller', 'kustomize-controller'] as const;

const controller = (name: string, namespace: string): Need => ({
  subject: `${name} in ${namespace}`,
  anyOf: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace }],
  lack: (live, kubectl) => {
    if (live === undefined)
      return { message: 'is not there, so nothing follows the branch', next: installLine(kubectl) };
    return (numberOf(valueAt(live, 'status', 'readyReplicas')) ?? 0) > 0
      ? undefined
      : {
          message: 'has no pod that is ready, so nothing follows the branch',
          next: `${kubectl} -n ${namespace} describe deployment ${name}`,
        };
  },
});

/** What Flux itself must be in the cluster. */
export const needs = (environment: Environment): readonly Needs[] => [
  {
    what: 'the controllers of Flux',
    needs: parts.map((name) => controller(name, engineNamespaceOf(environment, 'flux'))),
  },
];
