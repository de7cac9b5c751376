import { describe, expect, test } from '@jest/globals';
import { rollouts } from '../../../../src/model/rules/workload/rollouts.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withContainer, withService } from '../../../support/valid-delivery.ts';

const orders = 'environments.dev.applications.shop.services.orders';

describe('pods can be replaced', () => {
  const rolling = withService(validDelivery(), 'dev', 'orders', (service) => ({
    ...service,
    strategy: 'RollingUpdate',
  }));

  test('passes where the claim is free before the next pod starts', () => {
    expect(told(rollouts, validDelivery())).toEqual([]);
  });

  test('passes where many may hold the claim', () => {
    const delivery = withApplication(rolling, 'dev', (shop) => ({
      ...shop,
      claims: (shop.claims ?? []).map((claim) => ({ ...claim, accessMode: 'ReadWriteMany' })),
    }));

    expect(told(rollouts, delivery)).toEqual([]);
  });

  test('fails where two generations of pods would hold one claim', () => {
    expect(told(rollouts, rolling)).toEqual([
      `${orders}.strategy: must be "Recreate", because only one generation of pods may hold the claim uploads, got "RollingUpdate"`,
    ]);
  });

  test('fails for times and numbers that are none', () => {
    const numbered = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      progressDeadlineSeconds: 0,
      terminationGraceSeconds: -1,
      runAs: { user: -1, group: 0.5 },
    }));
    const delivery = withContainer(numbered, 'dev', 'orders', (container) => ({
      ...container,
      runAsUser: -5,
      readiness: {
        action: { kind: 'tcp', port: 8080 },
        periodSeconds: 0,
        initialDelaySeconds: -1,
        successThreshold: 2,
      },
      liveness: { action: { kind: 'tcp', port: 8080 }, successThreshold: 2 },
    }));

    expect(told(rollouts, delivery)).toEqual([
      `${orders}.progressDeadlineSeconds: must be a whole number, 1 or more, got 0`,
      `${orders}.terminationGraceSeconds: must be a whole number, 0 or more, got -1`,
      `${orders}.runAs.user: must be a whole number, 0 or more, got -1`,
      `${orders}.runAs.group: must be a whole number, 0 or more, got 0.5`,
      `${orders}.containers.orders.runAsUser: must be a whole number, 0 or more, got -5`,
      `${orders}.containers.orders.readiness.initialDelaySeconds: must be a whole number, 0 or more, got -1`,
      `${orders}.containers.orders.readiness.periodSeconds: must be a whole number, 1 or more, got 0`,
      `${orders}.containers.orders.liveness.successThreshold: must be 1, Kubernetes accepts no other for this probe, got 2`,
    ]);
  });
});
