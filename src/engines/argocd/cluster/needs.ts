import { engineNamespaceOf, type Environment } from '../../../model/environment.ts';
import { itemsOf, numberOf, valueAt } from '../../../objects/fields.ts';
import type { Need, Needs } from '../../../objects/tools/needs.ts';

/** Where the oldest version that will do is installed from. */
const manifest = 'https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml';

/** The lines that install Argo CD. */
export const installLine = (kubectl: string, namespace: string, options = ''): string =>
  `${kubectl} create namespace ${namespace}; ${kubectl} apply -n ${namespace} --server-side ${options}-f ${manifest}`;

/** Where the definition of an Application says that a sync may be replaced by that of a newer commit. */
const refresh = ['spec', 'syncPolicy', 'retry', 'refresh'].flatMap((field) => ['properties', field]);

/** `retry.refresh` came with Argo CD 3.2, so the Application's own definition says whether it is there. */
const version = (namespace: string): Need => ({
  subject: 'Argo CD 3.2 or later',
  anyOf: [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'applications.argoproj.io',
    },
  ],
  lack: (live, kubectl) => {
    const next = installLine(kubectl, namespace);
    if (live === undefined) return { message: 'the cluster does not know Application', next };
    const [served] = itemsOf(valueAt(live, 'spec', 'versions'));
    return valueAt(served, 'schema', 'openAPIV3Schema', ...refresh) === undefined
      ? { message: 'it is older: a fixing commit would wait for a failing sync', next }
      : undefined;
  },
});

/** What of Argo CD must run: without it nothing follows the branch, and every Application shows what was true when it stopped. */
const parts = [
  { name: 'argocd-application-controller', kinds: ['StatefulSet', 'Deployment'] },
  { name: 'argocd-repo-server', kinds: ['Deployment'] },
] as const;

const controller = ({ name, kinds }: (typeof parts)[number], namespace: string): Need => ({
  subject: `${name} in ${namespace}`,
  anyOf: kinds.map((kind) => ({ apiVersion: 'apps/v1', kind, name, namespace })),
  lack: (live, kubectl) => {
    const here = `${kubectl} -n ${namespace}`;
    if (live === undefined)
      return { message: 'is not there, so nothing follows the branch', next: `${here} get statefulsets,deployments` };
    return (numberOf(valueAt(live, 'status', 'readyReplicas')) ?? 0) > 0
      ? undefined
      : {
          message: 'has no pod that is ready, so nothing follows the branch',
          next: `${here} describe ${live.kind.toLowerCase()} ${name}`,
        };
  },
});

/** What Argo CD itself must be in the cluster. */
export function needs(environment: Environment): readonly Needs[] {
  const namespace = engineNamespaceOf(environment);
  return [
    { what: 'Argo CD 3.2 or later', needs: [version(namespace)] },
    { what: 'the controllers of Argo CD', needs: parts.map((part) => controller(part, namespace)) },
  ];
}
