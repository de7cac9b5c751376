import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** The key with which Flux reads the ops repository, in place of Argo CD's. */
const asFluxKey = (credential: Credential): Credential =>
  credential.purpose === 'gitRead' && credential.store.kind === 'kubernetes'
    ? { ...credential, holder: 'Flux', store: { ...credential.store, namespace: 'flux-system', keys: ['identity'] } }
    : credential;

/** A delivery, the small valid one unless another is given, followed by Flux. */
export function followedByFlux(delivery: Delivery = validDelivery()): Delivery {
  return {
    ...delivery,
    environments: delivery.environments.map((environment) => ({
      ...environment,
      credentials: environment.credentials.map(asFluxKey),
    })),
    stages: delivery.stages.map((stage) => ({
      ...stage,
      engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
    })),
  };
}
