import type { Delivery } from '../../delivery.ts';
import { progressDeadlineOf } from '../../pods/progress-deadline.ts';
import { podsMeant } from '../../pods/rollout.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn, type ServicePlace } from '../place.ts';

const whole = (path: string, given: number | undefined): readonly Problem[] =>
  given === undefined || (Number.isInteger(given) && given >= 0)
    ? []
    : [{ path, message: 'must be a whole number, 0 or more', given }];

/** The fewest replicas that a service ever has. */
const fewest = ({ service }: ServicePlace): number => service.autoscaling?.min ?? service.replicas ?? 1;

/** Amounts that a rolling update never reads: somebody means something else. */
function unreadProblems({ path, service }: ServicePlace): readonly Problem[] {
  const { rollout = {}, workload = 'Deployment', strategy } = service;
  const why =
    workload === 'StatefulSet'
      ? 'a StatefulSet replaces one pod after the other'
      : strategy === 'Recreate'
        ? 'the strategy "Recreate" stops every pod before the next'
        : undefined;
  return why === undefined
    ? []
    : (['maxSurge', 'maxUnavailable'] as const).flatMap((field) =>
        rollout[field] === undefined
          ? []
          : [{ path: `${path}.rollout.${field}`, message: `must be left out: ${why}`, given: rollout[field] }],
      );
}

/** A DaemonSet replaces a pod of a node by another of the same node: before it goes, or after. */
function daemonProblems({ path, service }: ServicePlace): readonly Problem[] {
  const { maxSurge = 0, maxUnavailable = 1 } = service.rollout ?? {};
  const [above, below] = [maxSurge, maxUnavailable].map((amount) => podsMeant(amount, 100, 'up') !== 0);
  if (above !== below) return [];
  return [
    {
      path: `${path}.rollout`,
      message: above
        ? 'must have maxUnavailable: 0 beside maxSurge in a DaemonSet, which does one of the two on a node'
        : 'leaves nothing to replace a pod by; write maxUnavailable: 1, or maxSurge: 1',
      given: service.rollout,
    },
  ];
}

function amountProblems(place: ServicePlace): readonly Problem[] {
  const { path, service } = place;
  const { maxSurge, maxUnavailable } = service.rollout ?? {};
  const at = `${path}.rollout`;
  const wrong = (['maxSurge', 'maxUnavailable'] as const).flatMap((field) => {
    const given = service.rollout?.[field];
    return given === undefined || podsMeant(given, 1, 'up') !== undefined
      ? []
      : [{ path: `${at}.${field}`, message: 'must be a whole number or a percentage, e.g. 1 or "25%"', given }];
  });
  if (wrong.length > 0) return wrong;
  if (service.workload === 'DaemonSet') return daemonProblems(place);

  const replicas = fewest(place);
  const away = podsMeant(maxUnavailable ?? '25%', replicas, 'down');
  const isNone = (amount: number | string): boolean => podsMeant(amount, 100, 'up') === 0;
  if (maxUnavailable !== undefined && !isNone(maxUnavailable) && away === 0 && replicas > 0)
    return [
      {
        path: `${at}.maxUnavailable`,
        message: `rounds down to 0 of ${replicas === 1 ? '1 pod' : `${replicas} pods`}; write 1, or 0 if none may be missing`,
        given: maxUnavailable,
      },
    ];
  return maxSurge !== undefined && isNone(maxSurge) && away === 0 && replicas > 0
    ? [
        {
          path: `${at}.maxSurge`,
          message: `leaves nothing to replace a pod by: 0 of ${replicas === 1 ? '1 pod' : `${replicas} pods`} may be missing either; write 1, or maxUnavailable: 1`,
          given: maxSurge,
        },
      ]
    : [];
}

function readinessProblems({ path, service }: ServicePlace): readonly Problem[] {
  const { minReadySeconds } = service.rollout ?? {};
  const deadline = progressDeadlineOf(service);
  return [
    ...whole(`${path}.rollout.minReadySeconds`, minReadySeconds),
    ...whole(`${path}.rollout.revisionHistoryLimit`, service.rollout?.revisionHistoryLimit),
    ...((service.workload ?? 'Deployment') === 'Deployment' && (minReadySeconds ?? 0) >= deadline
      ? [
          {
            path: `${path}.rollout.minReadySeconds`,
            message: `must be less than progressDeadlineSeconds, which is ${deadline}: no rollout would ever be done in time`,
            given: minReadySeconds,
          },
        ]
      : []),
  ];
}

/** A rollout can replace pods by what it is told: shares of pods that are meant to be some are not rounded to none. */
export const rolloutAmounts = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap((place) => {
    const unread = unreadProblems(place);
    return [...(unread.length > 0 ? unread : amountProblems(place)), ...readinessProblems(place)];
  });
