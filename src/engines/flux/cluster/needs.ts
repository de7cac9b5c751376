import type { KubernetesObject } from '../../../model/application.ts';
import { chartsOfEngine } from '../../../model/charts/helm-chart.ts';
import { engineNamespaceOf, type Environment } from '../../../model/environment.ts';
import { itemsOf, numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { Lack, Need, Needs } from '../../../objects/tools/needs.ts';
import { kustomizeApi } from '../settings.ts';
import { cancelOnNewRevision, gatePatch, hasGate } from './feature-gate.ts';

/** Where the oldest version that will do is installed from. */
const manifest = 'https://github.com/fluxcd/flux2/releases/download/v2.7.0/install.yaml';

/** The line that installs Flux; its manifest says the namespace itself. */
export const installLine = (kubectl: string): string => `${kubectl} apply --server-side -f ${manifest}`;

/** Where the definition of a Kustomization says that Flux remembers how its last looks ended. */
const history = ['status', 'history'].flatMap((field) => ['properties', field]);

/** Its history came with Flux 2.7, so the Kustomization's own definition says whether it is there. */
const version: Need = {
  subject: 'Flux 2.7 or later',
  anyOf: [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'kustomizations.kustomize.toolkit.fluxcd.io',
    },
  ],
  lack: (live, kubectl) => {
    const next = installLine(kubectl);
    if (live === undefined) return { message: 'the cluster does not know Kustomization', next };
    const served = itemsOf(valueAt(live, 'spec', 'versions')).find(
      (each) => textOf(valueAt(each, 'name')) === kustomizeApi.split('/')[1],
    );
    return valueAt(served, 'schema', 'openAPIV3Schema', ...history) === undefined
      ? { message: 'it is older: one more look at a commit could not be told from a first one', next }
      : undefined;
  },
};

/** The controllers that an environment needs: what renders charts and what tells somebody, where it has them do so. */
const controllersOf = ({ applications, credentials }: Environment): readonly string[] => [
  'source-controller',
  'kustomize-controller',
  ...(applications.some((application) => chartsOfEngine(application).length > 0) ? ['helm-controller'] : []),
  ...(credentials.some(({ purpose }) => purpose === 'notification' || purpose === 'triggerAuthentication')
    ? ['notification-controller']
    : []),
];

/** What stands still without a controller. */
const without: Readonly<Record<string, string>> = {
  'helm-controller': 'so no chart is rendered',
  'notification-controller': 'so nobody is told how a commit ended',
};

const gateIsOff = (live: KubernetesObject, kubectl: string): Lack => ({
  message: `is without ${cancelOnNewRevision}: a rollback of a release that does not become healthy waits until Kubernetes gives that up`,
  next: `${kubectl} -n ${live.metadata.namespace ?? ''} patch deployment ${live.metadata.name} --type json -p '${gatePatch(live, cancelOnNewRevision)}'`,
});

const controller = (name: string, namespace: string): Need => ({
  subject: `${name} in ${namespace}`,
  anyOf: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace }],
  lack: (live, kubectl) => {
    if (live === undefined)
      return {
        message: `is not there, ${without[name] ?? 'so nothing follows the branch'}`,
        next: installLine(kubectl),
      };
    if ((numberOf(valueAt(live, 'status', 'readyReplicas')) ?? 0) === 0)
      return {
        message: `has no pod that is ready, ${without[name] ?? 'so nothing follows the branch'}`,
        next: `${kubectl} -n ${namespace} describe deployment ${name}`,
      };
    return name !== 'kustomize-controller' || hasGate(live, cancelOnNewRevision) ? undefined : gateIsOff(live, kubectl);
  },
});

/** What Flux itself must be in the cluster. */
export function needs(environment: Environment): readonly Needs[] {
  const namespace = engineNamespaceOf(environment, 'flux');
  return [
    { what: 'Flux 2.7 or later', needs: [version] },
    {
      what: 'the controllers of Flux',
      needs: controllersOf(environment).map((name) => controller(name, namespace)),
    },
  ];
}
