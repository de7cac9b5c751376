import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { capacity, requestsOf } from '../../../../src/model/rules/workload/capacity.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const holding = (name: string, cpu: string, memory: string, delivery = validDelivery()): Delivery =>
  withEnvironment(delivery, name, (environment) => ({
    ...environment,
    cluster: { ...environment.cluster, capacity: { cpu, memory } },
  }));

const lower = 'lower requests or replicas, or give an environment another cluster';

describe('what runs fits its cluster', () => {
  test('passes where the sum fits, to the last millicore, and where no capacity is declared', () => {
    expect(told(capacity, validDelivery())).toEqual([]);
    expect(told(capacity, holding('prod', '450m', '576Mi', holding('dev', '450m', '576Mi')))).toEqual([]);
  });

  test("counts every replica, the autoscaler's most, the larger job, and the largest init container", () => {
    const [dev, prod] = validDelivery().environments;
    const resources = { requests: { cpu: '1', memory: '32Mi' } };
    const scaled = withService(validDelivery(), 'dev', 'payments', (service) => ({
      ...service,
      autoscaling: { min: 1, max: 3, cpuPercent: 80 },
      initContainers: [{ name: 'migrate', image: { artifact: 'payments' }, resources }],
    }));

    expect(requestsOf(dev!)).toEqual({ cpu: 0.2, memory: 4 * 64 * 2 ** 20 });
    expect(requestsOf(prod!)).toEqual({ cpu: 0.25, memory: 5 * 64 * 2 ** 20 });
    expect(requestsOf(scaled.environments[0]!).cpu).toBeCloseTo(3.15);
    expect(requestsOf(scaled.environments[0]!).memory).toBe(6 * 64 * 2 ** 20);
  });

  test('fails where environments together request more', () => {
    expect(told(capacity, holding('prod', '400m', '512Mi', holding('dev', '400m', '512Mi')))).toEqual([
      `environments.dev.cluster.capacity.cpu: is less than dev and prod request, 0.45; ${lower}, got "400m"`,
      `environments.dev.cluster.capacity.memory: is less than dev and prod request, 576Mi; ${lower}, got "512Mi"`,
    ]);
  });

  test('fails where one environment alone requests more', () => {
    const delivery = withEnvironment(validDelivery(), 'prod', (prod) => ({
      ...prod,
      cluster: { ...prod.cluster, name: 'remote', capacity: { cpu: '200m', memory: '8Gi' } },
    }));

    expect(told(capacity, delivery)).toEqual([
      `environments.prod.cluster.capacity.cpu: is less than prod requests, 0.25; ${lower}, got "200m"`,
    ]);
  });

  test('fails where two environments say different things of one cluster', () => {
    expect(told(capacity, holding('prod', '8', '8Gi'))).toEqual([
      'environments.prod.cluster.capacity: must be that of dev, because they share the cluster local, got {"cpu":"8","memory":"8Gi"}',
    ]);
  });
});
