import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../src/engines/engines.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { toldByFlux } from '../../support/told-by-flux.ts';
import { followedByFlux } from './followed-by-flux.ts';

const opsRepository = 'https://github.com/acme/shop-ops.git';

const told = (delivery: Delivery, place: string): readonly KubernetesObject[] => {
  const environment = delivery.environments.find(({ name }) => name === place)!;
  const followed = environment.applications.map((application) => ({ application, objects: [] }));
  return engines.flux
    .bootstrap({ delivery, environment, opsRepository }, followed)
    .flatMap(({ object }) => (object.apiVersion.startsWith('notification.') ? [object] : []));
};

describe('what Flux says to GitHub', () => {
  test('is how each commit ended, on the commit, and to the workflow that the health of an application was found', () => {
    expect(told(toldByFlux(), 'dev').map(({ kind, metadata, spec }) => ({ kind, metadata, spec }))).toEqual([
      {
        kind: 'Provider',
        metadata: { name: 'shop-dev-status', namespace: 'flux-system' },
        spec: {
          type: 'github',
          address: 'https://github.com/acme/shop-ops',
          commitStatusExpr: "'flux/' + event.involvedObject.name",
          secretRef: { name: 'shop-dev-report' },
        },
      },
      {
        kind: 'Alert',
        metadata: { name: 'shop-dev-status', namespace: 'flux-system' },
        spec: {
          providerRef: { name: 'shop-dev-status' },
          eventSeverity: 'info',
          eventSources: [{ kind: 'Kustomization', name: 'shop-dev' }],
          exclusionList: ['^Dependencies do not meet ready condition', '^Health checks canceled'],
        },
      },
      {
        kind: 'Provider',
        metadata: { name: 'shop-dev-healthy', namespace: 'flux-system' },
        spec: {
          type: 'githubdispatch',
          address: 'https://github.com/acme/shop',
          secretRef: { name: 'shop-dev-tell' },
        },
      },
      {
        kind: 'Alert',
        metadata: { name: 'shop-dev-healthy', namespace: 'flux-system' },
        spec: {
          providerRef: { name: 'shop-dev-healthy' },
          eventSeverity: 'info',
          eventSources: [{ kind: 'Kustomization', name: 'shop-dev' }],
          inclusionList: ['^Health check passed'],
        },
      },
    ]);
  });

  test('is nothing of a stage that no other takes from, nor where nobody asked for it', () => {
    expect(told(toldByFlux(), 'prod')).toEqual([]);
    expect(told(followedByFlux(), 'dev')).toEqual([]);
  });
});
