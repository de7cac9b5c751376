import type { Delivery } from '../../delivery.ts';
import { selectorOf } from '../../names.ts';
import { namespaceOfService } from '../../pods/pod-security.ts';
import type { Problem } from '../../problem.ts';
import { databasesIn, podOwnersIn } from '../place.ts';

type Labels = Readonly<Record<string, string>>;

/** What selects pods, and the labels of its own pods. */
interface Workload {
  readonly path: string;
  /** Cluster and namespace, in which a selector sees every pod. */
  readonly space: string;
  readonly labels: Labels;
}

const workloadsIn = (delivery: Delivery): readonly Workload[] =>
  [
    ...podOwnersIn(delivery).map(({ path, environment, service }) => ({
      path,
      environment,
      namespace: namespaceOfService(environment, service),
      labels: selectorOf(service),
    })),
    ...databasesIn(delivery).map(({ path, environment, database }) => ({
      path,
      environment,
      namespace: environment.namespace,
      labels: selectorOf(database),
    })),
  ].map(({ path, environment, namespace, labels }) => ({
    path,
    labels,
    space: `${environment.cluster.name} ${namespace}`,
  }));

const describe = (labels: Labels): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

const selects = (selector: Labels, labels: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** A selector matches the pods of its own workload and of no other in its namespace. */
export function separateSelectors(delivery: Delivery): readonly Problem[] {
  const workloads = workloadsIn(delivery);
  const carrying = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const [key, value] of Object.entries(workload.labels)) {
      const label = `${workload.space} ${key}=${value}`;
      const found = carrying.get(label);
      if (found === undefined) carrying.set(label, [workload]);
      else found.push(workload);
    }
  }
  return workloads.flatMap((workload): readonly Problem[] => {
    const { path, space, labels } = workload;
    const [first] = Object.entries(labels);
    if (first === undefined)
      return [
        {
          path: `${path}.selector`,
          message: 'must hold at least one label, else it selects every pod',
          given: describe(labels),
        },
      ];
    const others = (carrying.get(`${space} ${first[0]}=${first[1]}`) ?? []).filter(
      (other) => other !== workload && selects(labels, other.labels),
    );
    return others.map((other) => ({
      path: `${path}.selector`,
      message: `selects the pods of ${other.path} too; give them different labels, or namespaces`,
      given: describe(labels),
    }));
  });
}
