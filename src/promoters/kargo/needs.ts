import type { Environment } from '../../model/environment.ts';
import { itemsOf, numberOf, valueAt } from '../../objects/fields.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import type { Need, Needs } from '../../objects/tools/needs.ts';
import { kargoApi, kargoGroup } from './settings.ts';

/** The version that its schemas are of, and that this program was proven with. */
const version = '1.11.2';

/** Namespace that Kargo's chart is usually installed in. */
const usualNamespace = 'kargo';

/** What signs the certificate of Kargo's admission, unless its chart is given one. */
const certManager = 'https://github.com/cert-manager/cert-manager/releases/download/v1.21.2/cert-manager.yaml';

/**
 * The lines that install Kargo, after what its chart needs. Its own server is left out: it needs an administrator's password, and nothing here
 * asks it anything.
 */
const installLines = (kubectl: string): string =>
  [
    `${kubectl} apply -f ${certManager}`,
    `${kubectl} -n cert-manager rollout status deployment/cert-manager-webhook`,
    `${kubectl.replace('kubectl --context', 'helm --kube-context')} upgrade --install kargo oci://ghcr.io/akuity/kargo-charts/kargo --version ${version} --namespace ${usualNamespace} --create-namespace --set api.enabled=false --wait`,
  ].join('\n');

/** A promotion that names where its Freight is from came with Kargo 1.11, so the definition of Promotion says whether it is there. */
const isThere: Need = {
  subject: 'Kargo 1.11 or later',
  anyOf: [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: `promotions.${kargoGroup}`,
    },
  ],
  lack: (live, kubectl) => {
    const next = installLines(kubectl);
    if (live === undefined) return { message: 'the cluster does not know Promotion', next };
    const [served] = itemsOf(valueAt(live, 'spec', 'versions'));
    const origin = ['spec', 'origin'].flatMap((field) => ['properties', field]);
    return valueAt(served, 'schema', 'openAPIV3Schema', ...origin) === undefined
      ? {
          message: 'it is older: it may not know a step of the promotions, and would say so only when it promotes',
          next,
        }
      : undefined;
  },
};

/** Kargo's admission fills in the steps of a promotion. Without a certificate the API server asks it nothing, and refuses everything of Kargo's. */
const admits: Need = {
  subject: "Kargo's admission",
  anyOf: [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', name: 'kargo' }],
  lack: (live, kubectl) => {
    if (live === undefined)
      return { message: 'is not there, so that no promotion gets its steps', next: installLines(kubectl) };
    const unsigned = listAt(live, 'webhooks').find((hook) => textAt(hook, 'clientConfig', 'caBundle') === '');
    if (unsigned === undefined) return undefined;
    const namespace = textAt(unsigned, 'clientConfig', 'service', 'namespace');
    return {
      message: 'has no certificate, which cert-manager makes unless the chart is given one',
      next: `${kubectl} apply -f ${certManager}\n${kubectl} -n ${namespace} get certificates,issuers`,
    };
  },
};

/** Its controllers say so of the Project, wherever they run; while there is none, they are looked for where the chart usually puts them. */
const runs = (name: string): Need => ({
  subject: "Kargo's controllers",
  anyOf: [
    { apiVersion: kargoApi, kind: 'Project', name },
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'kargo-controller', namespace: usualNamespace },
  ],
  lack: (live, kubectl) => {
    const everywhere = `${kubectl} get deployments --all-namespaces --selector app.kubernetes.io/name=kargo`;
    if (live === undefined)
      return {
        message: `are not in the namespace ${usualNamespace}, and there is no Project ${name} yet that they answer for`,
        next: everywhere,
      };
    if (live.kind === 'Deployment')
      return (numberOf(valueAt(live, 'status', 'readyReplicas')) ?? 0) > 0
        ? undefined
        : {
            message: 'have no pod that is ready, so that nothing is promoted',
            next: `${kubectl} -n ${usualNamespace} describe deployment kargo-controller`,
          };
    const ready = listAt(live, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
    if (textAt(ready, 'status') === 'True') return undefined;
    return ready === undefined
      ? { message: `say nothing of the Project ${name}, so that they do not run`, next: everywhere }
      : {
          message: `say that the Project ${name} is not ready: ${textAt(ready, 'message')}`,
          next: `${kubectl} describe project.${kargoGroup} ${name}`,
        };
  },
});

/** What of Kargo must be in a cluster. */
export const kargoNeeds = ({ namespace }: Environment): readonly Needs[] => [
  { what: 'Kargo 1.11 or later', needs: [isThere] },
  { what: "Kargo's admission", needs: [admits] },
  { what: "Kargo's controllers", needs: [runs(namespace)] },
];
