import type { Resources } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';
import { listed } from '../../formats/listed.ts';
import { describeCpu, describeMemory, parseQuantity } from '../../formats/quantity.ts';
import { saidBy } from '../../pods/job-pods.ts';
import type { Service } from '../../service.ts';

interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

const none: Amount = { cpu: 0, memory: 0 };

const amountOf = ({ requests }: Pick<Resources, 'requests'>): Amount => ({
  cpu: parseQuantity(requests.cpu) ?? 0,
  memory: parseQuantity(requests.memory) ?? 0,
});

const sum = (amounts: readonly Amount[]): Amount =>
  amounts.reduce((total, { cpu, memory }) => ({ cpu: total.cpu + cpu, memory: total.memory + memory }), none);

const larger = (amounts: readonly Amount[]): Amount => ({
  cpu: Math.max(0, ...amounts.map(({ cpu }) => cpu)),
  memory: Math.max(0, ...amounts.map(({ memory }) => memory)),
});

const times = ({ cpu, memory }: Amount, count: number): Amount => ({ cpu: cpu * count, memory: memory * count });

/**
 * A pod reserves what its containers and sidecars ask for together, or what one of its init containers asks for beside the sidecars before
 * it, if that is more.
 */
const ofPods = (service: Service): Amount => {
  const sidecars: Amount[] = [];
  const starting: Amount[] = [];
  for (const { resources, restartPolicy } of service.initContainers ?? []) {
    if (restartPolicy === undefined) starting.push(sum([...sidecars, amountOf(resources)]));
    else sidecars.push(amountOf(resources));
  }
  const running = sum([...sidecars, ...service.containers.map(({ resources }) => amountOf(resources))]);
  return times(larger([running, ...starting]), service.autoscaling?.max ?? service.replicas ?? 1);
};

/** The pods of a service, and its jobs, which may all run at once beside them. */
const ofService = (service: Service): Amount =>
  sum([ofPods(service), ...(service.jobs ?? []).map((job) => ofPods(saidBy(service, job)))]);

/** What an environment requests at most: every replica and every job, and for each database the larger of its jobs. */
export function requestsOf(environment: Environment): { readonly cpu: number; readonly memory: number } {
  return sum(
    environment.applications.flatMap(({ services, databases }) => [
      ...services.map(ofService),
      ...(databases ?? []).flatMap(({ resources, backup }) => [
        amountOf(resources),
        ...(backup === undefined
          ? []
          : [larger([amountOf(backup.resources), amountOf(backup.restoreDrill.resources)])]),
      ]),
    ]),
  );
}

/** What environments on one cluster request together fits the cluster. */
export function capacity({ environments }: Delivery): readonly Problem[] {
  const clusters = new Map<string, Environment[]>();
  for (const environment of environments)
    clusters.set(environment.cluster.name, [...(clusters.get(environment.cluster.name) ?? []), environment]);
  return [...clusters.values()].flatMap((sharing) => {
    const [declaring, ...others] = sharing.filter(({ cluster }) => cluster.capacity !== undefined);
    const declared = declaring?.cluster.capacity;
    if (declaring === undefined || declared === undefined) return [];
    const path = `environments.${declaring.name}.cluster.capacity`;
    const differing = others.filter(
      ({ cluster }) => cluster.capacity?.cpu !== declared.cpu || cluster.capacity.memory !== declared.memory,
    );
    const wanted = sum(sharing.map(requestsOf));
    const names = sharing.map(({ name }) => name);
    const who = listed(names);
    const request = sharing.length === 1 ? 'requests' : 'request';
    const check = (name: 'cpu' | 'memory', describe: (amount: number) => string): readonly Problem[] => {
      const limit = parseQuantity(declared[name]);
      const lacks = limit !== undefined && wanted[name] > limit * (1 + 1e-9);
      return lacks
        ? [
            {
              path: `${path}.${name}`,
              message: `is less than ${who} ${request}, ${describe(wanted[name])}; lower requests or replicas, or give an environment another cluster`,
              given: declared[name],
            },
          ]
        : [];
    };
    return [
      ...differing.map((other) => ({
        path: `environments.${other.name}.cluster.capacity`,
        message: `must be that of ${declaring.name}, because they share the cluster ${declaring.cluster.name}`,
        given: other.cluster.capacity,
      })),
      ...check('cpu', describeCpu),
      ...check('memory', describeMemory),
    ];
  });
}
