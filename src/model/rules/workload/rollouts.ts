import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn, containersOf, servicesOf, type ServicePlace } from '../place.ts';

const probeNumbers = {
  initialDelaySeconds: 0,
  periodSeconds: 1,
  timeoutSeconds: 1,
  failureThreshold: 1,
  successThreshold: 1,
} as const;

function numberProblems(place: ServicePlace): readonly Problem[] {
  const { path, service } = place;
  const whole = (at: string, value: number | undefined, least: number): readonly Problem[] =>
    value === undefined || (Number.isInteger(value) && value >= least)
      ? []
      : [{ path: at, message: `must be a whole number, ${least} or more`, given: value }];
  return [
    ...whole(`${path}.progressDeadlineSeconds`, service.progressDeadlineSeconds, 1),
    ...whole(`${path}.terminationGraceSeconds`, service.terminationGraceSeconds, 0),
    ...whole(`${path}.runAs.user`, service.runAs?.user, 0),
    ...whole(`${path}.runAs.group`, service.runAs?.group, 0),
    ...containersOf(place).flatMap(({ path: at, container }) => [
      ...whole(`${at}.runAsUser`, container.runAsUser, 0),
      ...(['readiness', 'liveness', 'startup'] as const).flatMap((name) =>
        (Object.keys(probeNumbers) as (keyof typeof probeNumbers)[]).flatMap((field) =>
          whole(`${at}.${name}.${field}`, container[name]?.[field], probeNumbers[field]),
        ),
      ),
      ...(['liveness', 'startup'] as const).flatMap((name) =>
        (container[name]?.successThreshold ?? 1) === 1
          ? []
          : [
              {
                path: `${at}.${name}.successThreshold`,
                message: 'must be 1, Kubernetes accepts no other for this probe',
                given: container[name]?.successThreshold,
              },
            ],
      ),
    ]),
  ];
}

/** Pods can be replaced: times are whole numbers, and two generations of pods never hold one ReadWriteOnce claim. */
export const rollouts = (delivery: Delivery): readonly Problem[] =>
  applicationsIn(delivery).flatMap((application) => {
    const single = new Set(
      (application.application.claims ?? [])
        .filter(({ accessMode }) => accessMode !== 'ReadWriteMany')
        .map(({ name }) => name),
    );
    return servicesOf(application).flatMap((place) => {
      const { path, service } = place;
      const held = (service.volumes ?? []).find((volume) => volume.kind === 'claim' && single.has(volume.claim));
      const rolling = service.strategy === 'RollingUpdate' && held?.kind === 'claim';
      return [
        ...(rolling
          ? [
              {
                path: `${path}.strategy`,
                message: `must be "Recreate", because only one generation of pods may hold the claim ${held.claim}`,
                given: service.strategy,
              },
            ]
          : []),
        ...numberProblems(place),
      ];
    });
  });
