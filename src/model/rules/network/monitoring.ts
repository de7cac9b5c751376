import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn, type ServicePlace } from '../place.ts';
import { checkName } from '../reference/known-names.ts';

function problemsOf({ path, environment, service }: ServicePlace): readonly Problem[] {
  const { metrics } = service;
  if (metrics === undefined) return [];
  const at = `${path}.metrics`;
  // Jobs and containers that end before the others are asked by nobody.
  const lasting = [
    ...service.containers,
    ...(service.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy !== undefined),
  ];
  const ports = lasting.flatMap((container) => container.ports ?? []).map(({ name }) => name);
  const { intervalSeconds = 1 } = metrics;
  return [
    ...(environment.monitoring === undefined
      ? [
          {
            path: at,
            message: `nobody may ask for them: say who does in environments.${environment.name}.monitoring, e.g. { scraper: { namespace: "monitoring", podLabels: { "app.kubernetes.io/name": "prometheus" } } }`,
          },
        ]
      : []),
    ...checkName(`${at}.port`, 'port of its containers', metrics.port, new Set(ports)),
    ...(metrics.path === undefined || /^\/[^\s?#]*$/.test(metrics.path)
      ? []
      : [{ path: `${at}.path`, message: 'must be an absolute path, e.g. "/metrics"', given: metrics.path }]),
    ...(Number.isInteger(intervalSeconds) && intervalSeconds >= 1
      ? []
      : [{ path: `${at}.intervalSeconds`, message: 'must be a whole number, 1 or more', given: intervalSeconds }]),
  ];
}

/** Metrics are asked of a port that a container has, by pods that the environment names. */
export const monitoring = (delivery: Delivery): readonly Problem[] => servicesIn(delivery).flatMap(problemsOf);
