import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../src/model/container.ts';
import { meaningfulHealth } from '../../../../src/model/rules/promotion/meaningful-health.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

const blind = ({ readiness: _, liveness: __, ...container }: Container): Container => container;

describe('healthy means something', () => {
  test('passes where every container that receives traffic is asked', () => {
    expect(told(meaningfulHealth, validDelivery())).toEqual([]);
  });

  test('passes where a worker without ports has any probe', () => {
    const worker = withService(validDelivery(), 'dev', 'orders', ({ ports: _, ...service }) => ({
      ...service,
      containers: service.containers.map(({ readiness: __, ...container }) => container),
    }));

    expect(told(meaningfulHealth, worker)).toEqual([]);
  });

  test('fails where traffic arrives and nothing says ready', () => {
    expect(told(meaningfulHealth, withContainer(validDelivery(), 'dev', 'orders', blind))).toEqual([
      'environments.dev.applications.shop.services.orders.containers.orders.readiness: is needed where traffic arrives, because stages.dev calls a release verified when it is healthy',
    ]);
  });

  test('fails where a worker has no probe at all', () => {
    const worker = withService(
      withContainer(validDelivery(), 'dev', 'orders', blind),
      'dev',
      'orders',
      ({ ports: _, ...service }) => service,
    );

    expect(told(meaningfulHealth, worker)).toEqual([
      'environments.dev.applications.shop.services.orders: has no probe at all, and stages.dev calls a release verified when it is healthy; write a readiness or liveness probe',
    ]);
  });
});
