import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutEngines } from '../../../../src/model/rules/carried-out/carried-out-engines.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withStage } from '../../../support/valid-delivery.ts';

const flux = (pollMinutes = 1, delivery: Delivery = validDelivery()): Delivery =>
  withStage(delivery, 'dev', (stage) => ({
    ...stage,
    engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes },
  }));

const elsewhere = (delivery: Delivery): Delivery =>
  withEnvironment(delivery, 'dev', (environment) => ({
    ...environment,
    cluster: { ...environment.cluster, server: 'https://10.0.0.1:6443' },
  }));

describe('what an engine can carry out', () => {
  test('passes for each engine in its own cluster, and for Argo CD in another', () => {
    expect(
      [validDelivery(), flux(), flux(0.5), elsewhere(validDelivery())].map((it) => told(carriedOutEngines, it)),
    ).toEqual([[], [], [], []]);
  });

  test('fails for Flux in another cluster than its own', () => {
    expect(told(carriedOutEngines, elsewhere(flux()))).toEqual([
      'environments.dev.cluster.server: is not carried out yet where Flux follows; leave it out: Flux deploys to the cluster that it runs in, got "https://10.0.0.1:6443"',
    ]);
  });

  test('fails for a branch that is looked at without end, or never', () => {
    for (const minutes of [0, -1])
      expect(told(carriedOutEngines, flux(minutes))).toEqual([
        `stages.dev.engine.pollMinutes: must be more than 0; write 1, got ${minutes}`,
      ]);
  });

  test('fails for two engines in one environment', () => {
    const delivery = flux();
    const [dev] = delivery.stages;
    const two = {
      ...delivery,
      stages: [...delivery.stages, { ...dev!, name: 'again', engine: validDelivery().stages[0]!.engine }],
    };

    expect(told(carriedOutEngines, two)).toEqual([
      'stages.again.engine.kind: must be "flux", as stages.dev says: one engine follows an environment, got "argocd"',
    ]);
  });
});
