import { describe, expect, test } from '@jest/globals';
import { rolloutAmounts } from '../../../../src/model/rules/pods/rollout-amounts.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const payments = 'environments.dev.applications.shop.services.payments';

const problems = (changes: Partial<Service>): readonly string[] =>
  told(
    rolloutAmounts,
    withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, ...changes })),
  );

describe('a rollout can replace pods by what it is told', () => {
  test.each([
    { replicas: 3, rollout: { maxUnavailable: '34%' } },
    { replicas: 3, rollout: { maxUnavailable: 0, maxSurge: 1 } },
    { replicas: 3, rollout: { maxUnavailable: '0%' } },
    { replicas: 4, rollout: { maxSurge: 0 } },
    { replicas: 0, rollout: { maxUnavailable: '1%' } },
    { autoscaling: { min: 4, max: 8, cpuPercent: 70 }, rollout: { maxUnavailable: '25%' } },
  ])('passes for %j', (changes) => {
    expect(problems(changes)).toEqual([]);
  });

  test('fails where a share of pods that may be missing is none', () => {
    expect(problems({ replicas: 3, rollout: { maxUnavailable: '33%' } })).toEqual([
      `${payments}.rollout.maxUnavailable: rounds down to 0 of 3 pods; write 1, or 0 if none may be missing, got "33%"`,
    ]);
    expect(problems({ autoscaling: { min: 1, max: 8, cpuPercent: 70 }, rollout: { maxUnavailable: '50%' } })).toEqual([
      `${payments}.rollout.maxUnavailable: rounds down to 0 of 1 pod; write 1, or 0 if none may be missing, got "50%"`,
    ]);
  });

  test('fails where no pod may be missing and none may be added', () => {
    expect(problems({ replicas: 2, rollout: { maxSurge: 0, maxUnavailable: 0 } })).toEqual([
      `${payments}.rollout.maxSurge: leaves nothing to replace a pod by: 0 of 2 pods may be missing either; write 1, or maxUnavailable: 1, got 0`,
    ]);
    expect(problems({ replicas: 3, rollout: { maxSurge: '0%' } })).toEqual([
      `${payments}.rollout.maxSurge: leaves nothing to replace a pod by: 0 of 3 pods may be missing either; write 1, or maxUnavailable: 1, got "0%"`,
    ]);
  });

  test('fails for amounts that are none', () => {
    expect(
      problems({ rollout: { maxSurge: '101%', maxUnavailable: -1, minReadySeconds: 0.5, revisionHistoryLimit: -1 } }),
    ).toEqual([
      `${payments}.rollout.maxSurge: must be a whole number or a percentage, e.g. 1 or "25%", got "101%"`,
      `${payments}.rollout.maxUnavailable: must be a whole number or a percentage, e.g. 1 or "25%", got -1`,
      `${payments}.rollout.minReadySeconds: must be a whole number, 0 or more, got 0.5`,
      `${payments}.rollout.revisionHistoryLimit: must be a whole number, 0 or more, got -1`,
    ]);
  });

  test('fails for amounts that its workload and its strategy never read', () => {
    expect(problems({ workload: 'StatefulSet', rollout: { maxSurge: 1, maxUnavailable: 1 } })).toEqual([
      `${payments}.rollout.maxSurge: must be left out: a StatefulSet replaces one pod after the other, got 1`,
      `${payments}.rollout.maxUnavailable: must be left out: a StatefulSet replaces one pod after the other, got 1`,
    ]);
    expect(problems({ strategy: 'Recreate', rollout: { maxSurge: 1 } })).toEqual([
      `${payments}.rollout.maxSurge: must be left out: the strategy "Recreate" stops every pod before the next, got 1`,
    ]);
  });

  test('fails where a pod would count later than the rollout is given up', () => {
    expect(problems({ progressDeadlineSeconds: 60, rollout: { minReadySeconds: 60 } })).toEqual([
      `${payments}.rollout.minReadySeconds: must be less than progressDeadlineSeconds, which is 60: no rollout would ever be done in time, got 60`,
    ]);
  });
});
