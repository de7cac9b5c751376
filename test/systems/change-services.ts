import type { Container } from '../../src/model/container.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Service } from '../../src/model/service.ts';

/** The delivery with every service changed; one that becomes nothing goes. */
export const withServices = (
  delivery: Delivery,
  change: (service: Service, environment: Environment) => Service | undefined,
): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((environment) => ({
    ...environment,
    applications: environment.applications.map((application) => ({
      ...application,
      services: application.services.flatMap((service) => change(service, environment) ?? []),
    })),
  })),
});

/** The delivery with every container of every service changed. */
export const withContainers = (
  delivery: Delivery,
  change: (container: Container, service: Service, environment: Environment) => Container,
): Delivery =>
  withServices(delivery, (service, environment) => ({
    ...service,
    containers: service.containers.map((container) => change(container, service, environment)),
  }));

/**
 * A container that cannot take the whole node, and that is started again when what makes it ready fails ten times in a row. A command
 * may ask a neighbour, whose outage is no reason to start again.
 */
export const kept = (container: Container): Container => {
  const { readiness, liveness, resources } = container;
  return {
    ...container,
    ...(liveness !== undefined || readiness === undefined || readiness.action.kind === 'exec'
      ? {}
      : { liveness: { ...readiness, failureThreshold: 10 } }),
    resources: { ...resources, limits: { cpu: '500m', memory: '512Mi', ...resources.limits } },
  };
};
