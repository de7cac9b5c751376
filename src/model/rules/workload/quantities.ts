import type { Resources } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { amountProblem, parseQuantity } from '../../formats/quantity.ts';
import { applicationsIn, containersIn, databasesIn, servicesIn } from '../place.ts';

const must = 'must be a Kubernetes quantity, e.g.';

const quantity = (path: string, given: string | undefined, example: string): readonly Problem[] =>
  given === undefined || parseQuantity(given) !== undefined ? [] : [{ path, message: `${must} "${example}"`, given }];

const size = (path: string, given: string): readonly Problem[] =>
  (parseQuantity(given) ?? 0) > 0 ? [] : [{ path, message: `${must} "1Gi", above zero`, given }];

function resourceProblems(path: string, { requests, limits }: Resources): readonly Problem[] {
  const at = `${path}.resources`;
  return [
    ...quantity(`${at}.requests.cpu`, requests.cpu, '250m'),
    ...quantity(`${at}.requests.memory`, requests.memory, '256Mi'),
    ...quantity(`${at}.limits.cpu`, limits?.cpu, '500m'),
    ...quantity(`${at}.limits.memory`, limits?.memory, '512Mi'),
    ...(['requests', 'limits'] as const).flatMap((part) =>
      (['cpu', 'memory'] as const).flatMap((name) => {
        const given = (part === 'requests' ? requests : limits)?.[name];
        const message = given === undefined ? undefined : amountProblem(name, given);
        return message === undefined ? [] : [{ path: `${at}.${part}.${name}`, message, given }];
      }),
    ),
    ...(['cpu', 'memory'] as const).flatMap((name) => {
      const limit = limits?.[name];
      const below = limit !== undefined && (parseQuantity(limit) ?? Infinity) < (parseQuantity(requests[name]) ?? 0);
      return below
        ? [
            {
              path: `${at}.limits.${name}`,
              message: `must not be below the request of ${requests[name]}`,
              given: limit,
            },
          ]
        : [];
    }),
  ];
}

/** Every amount reads as a quantity that somebody may mean, and no limit is below its request. */
export const quantities = (delivery: Delivery): readonly Problem[] => [
  ...delivery.environments.flatMap(({ name, cluster }) => [
    ...quantity(`environments.${name}.cluster.capacity.cpu`, cluster.capacity?.cpu, '4'),
    ...quantity(`environments.${name}.cluster.capacity.memory`, cluster.capacity?.memory, '8Gi'),
  ]),
  ...containersIn(delivery).flatMap(({ path, container }) => resourceProblems(path, container.resources)),
  ...servicesIn(delivery).flatMap(({ path, service: { jobs = [] } }) =>
    jobs.flatMap(({ name, resources }) =>
      resources === undefined ? [] : resourceProblems(`${path}.jobs.${name}`, resources),
    ),
  ),
  ...servicesIn(delivery).flatMap(({ path, service }) =>
    (service.volumes ?? []).flatMap((volume) =>
      volume.kind === 'emptyDir' ? quantity(`${path}.volumes.${volume.name}.sizeLimit`, volume.sizeLimit, '64Mi') : [],
    ),
  ),
  ...applicationsIn(delivery).flatMap(({ path, application }) =>
    (application.claims ?? []).flatMap((claim) => size(`${path}.claims.${claim.name}.size`, claim.size)),
  ),
  ...databasesIn(delivery).flatMap(({ path, database: { storage, resources, backup, sharedMemory } }) => [
    ...size(`${path}.storage.size`, storage.size),
    ...quantity(`${path}.sharedMemory`, sharedMemory, '256Mi'),
    ...resourceProblems(path, resources),
    ...(backup === undefined
      ? []
      : [
          ...size(`${path}.backup.storage.size`, backup.storage.size),
          ...resourceProblems(`${path}.backup`, backup.resources),
          ...resourceProblems(`${path}.backup.restoreDrill`, backup.restoreDrill.resources),
        ]),
  ]),
];
