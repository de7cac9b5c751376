import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { replicas } from '../../../../src/model/rules/workload/replicas.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const withPayments = (change: Partial<Service>): Delivery =>
  withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, ...change }));

const path = 'environments.dev.applications.shop.services.payments';

describe('replicas', () => {
  test('pass as whole numbers, chosen by the owner or by the autoscaler', () => {
    expect(told(replicas, validDelivery())).toEqual([]);
    expect(told(replicas, withPayments({ replicas: 0, maxUnavailable: '25%' }))).toEqual([]);
    expect(
      told(replicas, withPayments({ autoscaling: { min: 2, max: 4, cpuPercent: 80 }, maxUnavailable: 1 })),
    ).toEqual([]);
  });

  test('fails for less than none, and for half a one', () => {
    expect(told(replicas, withPayments({ replicas: -1 }))).toEqual([
      `${path}.replicas: must be a whole number, 0 or more, got -1`,
    ]);
    expect(told(replicas, withPayments({ replicas: 1.5 }))).toEqual([
      `${path}.replicas: must be a whole number, 0 or more, got 1.5`,
    ]);
  });

  test('fails where owner and autoscaler both choose', () => {
    expect(told(replicas, withPayments({ replicas: 1, autoscaling: { min: 2, max: 4, cpuPercent: 99 } }))).toEqual([
      `${path}.replicas: is overruled by autoscaling; write one of the two, got 1`,
    ]);
  });

  test('fails for an autoscaler that cannot choose', () => {
    expect(told(replicas, withPayments({ autoscaling: { min: 0, max: -1, cpuPercent: 0 } }))).toEqual([
      `${path}.autoscaling.min: must be a whole number, 1 or more, got 0`,
      `${path}.autoscaling.max: must be a whole number, and not below min, got -1`,
      `${path}.autoscaling.cpuPercent: must be a whole number of percent, 1 or more, got 0`,
    ]);
  });

  test('fails for a number of missing pods that is none', () => {
    expect(told(replicas, withPayments({ maxUnavailable: '120%' }))).toEqual([
      `${path}.maxUnavailable: must be a whole number or a percentage, e.g. 1 or "25%", got "120%"`,
    ]);
  });
});
