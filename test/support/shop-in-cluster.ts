import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Engine } from '../../src/model/stage.ts';

const argocd: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };
const flux: Engine = { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 };

/** Environments that Flux follows in the tests; Argo CD follows the others. */
const ofFlux: ReadonlySet<string> = new Set(['qa']);

/** The shop as the tests' cluster runs it: one environment is followed by Flux, and the ops repository is read over HTTP. */
export function inCluster(delivery: Delivery): Delivery {
  return {
    ...delivery,
    stages: delivery.stages.map((stage) => ({ ...stage, engine: ofFlux.has(stage.environment) ? flux : argocd })),
    environments: delivery.environments.map((environment) => ({
      ...environment,
      credentials: environment.credentials.map((it) => readerOf(it, ofFlux.has(environment.name))),
    })),
  };
}

function readerOf(credential: Credential, isOfFlux: boolean): Credential {
  const { purpose, store } = credential;
  if (purpose !== 'gitRead' || store.kind !== 'kubernetes') return credential;
  return {
    ...credential,
    holder: isOfFlux ? 'Flux' : 'Argo CD',
    store: { ...store, namespace: isOfFlux ? 'flux-system' : 'argocd', keys: ['username', 'password'] },
  };
}
