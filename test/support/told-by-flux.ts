import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { followedByFlux } from '../engines/flux/followed-by-flux.ts';
import { validDelivery, withStage } from './valid-delivery.ts';

/** Keys of an app with which Flux writes to GitHub. */
export const appKeys = ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'] as const;

const secret = (name: string, purpose: Credential['purpose'], holder: string): Credential => ({
  name,
  purpose,
  holder,
  store: { kind: 'kubernetes', namespace: 'flux-system', secretName: `shop-dev-${name}`, keys: appKeys },
  scope: purpose,
});

/** With what Flux of dev says how commits ended, and with what it has a workflow look. */
export const reportCredential = secret('report', 'notification', 'flux-dev');
export const tellCredential = secret('tell', 'triggerAuthentication', 'flux-tells');

/** Flux follows; that of dev says on each commit how it ended, and tells the workflow that promotes to prod. */
export function toldByFlux(): Delivery {
  const delivery = followedByFlux(validDelivery());
  const told: Delivery = {
    ...delivery,
    actors: [...delivery.actors, { name: 'flux-dev', kind: 'app' }],
    environments: delivery.environments.map((environment) =>
      environment.name === 'dev'
        ? { ...environment, credentials: [...environment.credentials, reportCredential, tellCredential] }
        : environment,
    ),
  };
  const started = withStage(told, 'prod', ({ versions: _, ...stage }) => ({
    ...stage,
    triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'event', authentication: 'tell' }],
  }));
  return withStage(ofCommits(started), 'dev', (stage) => ({
    ...stage,
    engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1, reportsWith: 'report' },
  }));
}

/** Health gives a release no version of its own, so that prod runs commits as dev does. */
const ofCommits = (delivery: Delivery): Delivery => ({
  ...delivery,
  initialReleases: { ...delivery.initialReleases, prod: delivery.initialReleases['dev']! },
});

/** The same, with another credential of dev under that name. */
export const withCredential = (delivery: Delivery, name: string, change: Partial<Credential>): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((environment) => ({
    ...environment,
    credentials: environment.credentials.map((it) => (it.name === name ? { ...it, ...change } : it)),
  })),
});
