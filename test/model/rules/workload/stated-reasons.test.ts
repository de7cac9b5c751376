import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { statedReasons } from '../../../../src/model/rules/workload/stated-reasons.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withEnvironment } from '../../../support/valid-delivery.ts';

const patched = (reason: string, merge: Readonly<Record<string, unknown>>): Delivery =>
  withApplication(validDelivery(), 'dev', (shop) => ({
    ...shop,
    patches: [{ kind: 'Deployment', name: 'dev-orders', merge, reason }],
  }));

const excepted = (object: string, reason: string): Delivery => ({
  ...validDelivery(),
  exceptions: [{ check: 'probes', object, reason }],
});

describe('whatever goes around the model says why', () => {
  test('passes with a reason', () => {
    expect(told(statedReasons, patched('pods must find their zone', { spec: { hostname: 'orders' } }))).toEqual([]);
    expect(told(statedReasons, excepted('Deployment/dev-orders', 'it is asked by its clients'))).toEqual([]);
  });

  test('fails without one, and for a patch that changes nothing', () => {
    expect(told(statedReasons, patched('', {}))).toEqual([
      'environments.dev.applications.shop.patches[0].reason: must say why the model cannot express it, got ""',
      'environments.dev.applications.shop.patches[0].merge: must change something, got {}',
    ]);
    const onNamespace = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      patches: [{ kind: 'Namespace', name: 'dev', merge: {}, reason: ' ' }],
    }));
    expect(told(statedReasons, onNamespace)).toEqual([
      'environments.dev.patches[0].reason: must say why the model cannot express it, got " "',
      'environments.dev.patches[0].merge: must change something, got {}',
    ]);
    expect(told(statedReasons, excepted('orders', ' '))).toEqual([
      'exceptions[0].reason: must say why, got " "',
      'exceptions[0].object: must be Kind/name, e.g. "Deployment/dev-orders", got "orders"',
    ]);
  });
});
