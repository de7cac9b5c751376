import { describe, expect, test } from '@jest/globals';
import type { Metrics } from '../../../../src/model/network/monitoring.ts';
import { monitoring } from '../../../../src/model/rules/network/monitoring.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments.metrics';
const scraper = { namespace: 'monitoring', podLabels: { app: 'prometheus' } };

const asked = (metrics: Metrics) =>
  withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, metrics }));
const watched = (metrics: Metrics): readonly string[] =>
  told(
    monitoring,
    withEnvironment(asked(metrics), 'dev', (dev) => ({ ...dev, monitoring: { scraper } })),
  );

describe('what a service says of its metrics', () => {
  test('passes for a port of a container', () => {
    expect(watched({ port: 'http' })).toEqual([]);
    expect(watched({ port: 'http', path: '/stats/prometheus', intervalSeconds: 15 })).toEqual([]);
  });

  test('fails where nobody may ask', () => {
    expect(told(monitoring, asked({ port: 'http' }))).toEqual([
      `${at}: nobody may ask for them: say who does in environments.dev.monitoring, e.g. { scraper: { namespace: "monitoring", podLabels: { "app.kubernetes.io/name": "prometheus" } } }`,
    ]);
  });

  test('fails for a port, a path and an interval that nothing is asked by', () => {
    expect(watched({ port: 'htp', path: 'stats', intervalSeconds: 0.5 })).toEqual([
      `${at}.port: there is no port of its containers of this name; write "http", got "htp"`,
      `${at}.path: must be an absolute path, e.g. "/metrics", got "stats"`,
      `${at}.intervalSeconds: must be a whole number, 1 or more, got 0.5`,
    ]);
  });
});
