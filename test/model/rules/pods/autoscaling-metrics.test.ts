import { describe, expect, test } from '@jest/globals';
import type { Autoscaling } from '../../../../src/model/pods/autoscaling.ts';
import { autoscalingMetrics } from '../../../../src/model/rules/pods/autoscaling-metrics.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments.autoscaling';

const problems = (given: Omit<Autoscaling, 'min' | 'max'>): readonly string[] =>
  told(
    autoscalingMetrics,
    withService(validDelivery(), 'dev', 'payments', (service) => ({
      ...service,
      autoscaling: { min: 1, max: 3, ...given },
    })),
  );

describe('what an autoscaler looks at', () => {
  test('passes for each metric, and for the CPU alone', () => {
    expect(problems({ cpuPercent: 70 })).toEqual([]);
    expect(
      problems({
        metrics: [
          { kind: 'resource', name: 'cpu', averageUtilization: 150 },
          { kind: 'containerResource', name: 'cpu', container: 'payments', averageUtilization: 60 },
          { kind: 'pods', metric: 'requests', averageValue: '500m' },
          { kind: 'external', metric: 'queue', labels: { queue: 'a' }, averageValue: '30' },
          { kind: 'external', metric: 'queue', labels: { queue: 'b' }, averageValue: '30' },
        ],
        behavior: { scaleDown: { selectPolicy: 'Min', policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
      }),
    ).toEqual([]);
  });

  test('fails where it looks at nothing', () => {
    expect(problems({})).toEqual([
      `${at}.cpuPercent: must be said, or one of metrics: without, nothing asks for more pods`,
    ]);
  });

  test('fails for what it would look at twice', () => {
    expect(problems({ cpuPercent: 70, metrics: [{ kind: 'resource', name: 'cpu', averageUtilization: 80 }] })).toEqual([
      `${at}.metrics[0]: is looked at twice; leave one of them out, got "resource"`,
    ]);
  });

  test('fails for metrics that say nothing', () => {
    expect(
      problems({
        metrics: [
          { kind: 'resource', name: 'memory', averageUtilization: 0 },
          { kind: 'containerResource', name: 'cpu', container: 'payment', averageUtilization: 60 },
          { kind: 'pods', metric: 'a b', averageValue: '0' },
        ],
      }),
    ).toEqual([
      `${at}.metrics[0].averageUtilization: must be a whole number, 1 or more, got 0`,
      `${at}.metrics[1].container: there is no container of payments of this name; write "payments", got "payment"`,
      `${at}.metrics[2].metric: must be the name of a metric, got "a b"`,
      `${at}.metrics[2].averageValue: must be a Kubernetes quantity, e.g. "100" or "500m", above zero, got "0"`,
    ]);
  });

  test('fails for a speed that Kubernetes does not take', () => {
    expect(
      problems({
        cpuPercent: 70,
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 3601, policies: [] },
          scaleDown: { policies: [{ type: 'Percent', value: 0, periodSeconds: 1801 }] },
        },
      }),
    ).toEqual([
      `${at}.behavior.scaleUp.stabilizationWindowSeconds: must be a whole number from 0 to 3600, got 3601`,
      `${at}.behavior.scaleUp.policies: must hold at least one policy, or be left out, got []`,
      `${at}.behavior.scaleDown.policies[0].value: must be a whole number, 1 or more, got 0`,
      `${at}.behavior.scaleDown.policies[0].periodSeconds: must be a whole number from 1 to 1800, got 1801`,
    ]);
  });
});
