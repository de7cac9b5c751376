import type { Container } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Service } from '../../service.ts';
import { stagePath, servicesIn, type ServicePlace } from '../place.ts';

const receives = ({ ports }: Container, service: Service): boolean =>
  (service.ports ?? []).some(({ port, targetPort }) =>
    (ports ?? []).some((own) => own.name === targetPort || own.port === (targetPort ?? port)),
  );

const hasProbe = ({ readiness, liveness, startup }: Container): boolean =>
  [readiness, liveness, startup].some((probe) => probe !== undefined);

function problemsOfService({ path, service }: ServicePlace, verifies: string): readonly Problem[] {
  const blind = service.containers.filter(
    (container) => receives(container, service) && container.readiness === undefined,
  );
  if (blind.length > 0) {
    return blind.map(({ name }) => ({
      path: `${path}.containers.${name}.readiness`,
      message: `is needed where traffic arrives, because ${verifies} calls a release verified when it is healthy`,
    }));
  }
  return service.containers.some(hasProbe)
    ? []
    : [
        {
          path,
          message: `has no probe at all, and ${verifies} calls a release verified when it is healthy; write a readiness or liveness probe`,
        },
      ];
}

/** A release is verified where it is healthy, so something asks the pods. */
export function meaningfulHealth(delivery: Delivery): readonly Problem[] {
  const verifying = new Map(
    delivery.stages.map((stage) => [`${stage.environment}/${stage.application}`, stagePath(stage)]),
  );
  return servicesIn(delivery).flatMap((place) => {
    const verifies = verifying.get(`${place.environment.name}/${place.application.name}`);
    return verifies === undefined ? [] : problemsOfService(place, verifies);
  });
}
