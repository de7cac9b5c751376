import type { Environment } from '../../../model/environment.ts';
import { objectName, workloadName } from '../../../model/names.ts';
import {
  admits,
  levelOfNamespace,
  namespaceOfService,
  ownLevel,
  type PodSecurityLevel,
} from '../../../model/pods/pod-security.ts';
import type { Check, Surroundings } from '../../../objects/check.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/** `namespace/name` of the workloads and jobs of services that lie in a namespace beside the environment's own. */
const placed = new WeakMap<Environment, ReadonlySet<string>>();

function placedIn(environment: Environment): ReadonlySet<string> {
  const known = placed.get(environment);
  if (known !== undefined) return known;
  const found = new Set(
    environment.applications
      .flatMap(({ services }) => services)
      .flatMap((service) => {
        const namespace = namespaceOfService(environment, service);
        if (namespace === environment.namespace) return [];
        const jobs = (service.jobs ?? []).map(({ name }) => objectName(environment, name));
        return [workloadName(environment, service), ...jobs].map((name) => `${namespace}/${name}`);
      }),
  );
  placed.set(environment, found);
  return found;
}

/** How much pods may do: as much as their namespace admits, and in one that is there for some services alone the pods of these. */
export function levelOfPods({ namespace, name }: Workload, { environment, whole }: Surroundings): PodSecurityLevel {
  if (namespace === environment.namespace || environment.namespaces?.includes(namespace) === true)
    return ownLevel(environment);
  const all = whole().environment;
  const level = levelOfNamespace(all, namespace);
  return level === 'restricted' || placedIn(all).has(`${namespace}/${name}`) ? level : 'restricted';
}

/** A control of Pod Security that a level has, held for the pods that may do no more than that. */
export function controlOf(level: 'baseline' | 'restricted', check: Check): Check {
  const beyond: PodSecurityLevel = level === 'baseline' ? 'privileged' : 'baseline';
  const { inPod, inContainer } = check;
  return {
    ...check,
    ...(inPod && {
      inPod: (workload, report, around) => {
        if (!admits(levelOfPods(workload, around), beyond)) inPod(workload, report, around);
      },
    }),
    ...(inContainer && {
      inContainer: (container, workload, report, around) => {
        if (!admits(levelOfPods(workload, around), beyond)) inContainer(container, workload, report, around);
      },
    }),
  };
}
