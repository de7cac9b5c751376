import { fieldsOf, type Fields } from '../fields.ts';
import { quantityOf } from '../quantity.ts';
import type { Workload } from './workload.ts';

/** CPU in cores and memory in bytes. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
}

const none: Requests = { cpu: 0, memory: 0 };

/** The sum of requests, each so many times. */
export const total = (requests: readonly (readonly [requests: Requests, times: number])[]): Requests =>
  requests.reduce(
    (sum, [{ cpu, memory }, times]) => ({ cpu: sum.cpu + cpu * times, memory: sum.memory + memory * times }),
    none,
  );

/** The larger of each. */
export const largest = (requests: readonly Requests[]): Requests =>
  requests.reduce(
    (most, { cpu, memory }) => ({ cpu: Math.max(most.cpu, cpu), memory: Math.max(most.memory, memory) }),
    none,
  );

/**
 * What the scheduler reserves for one pod: its containers and sidecars together, or an init container beside the sidecars
 * before it, if that is more.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podRequests({ containers }: Workload): Requests {
  let sidecars = none;
  let most = none;
  for (const { role, fields } of containers) {
    if (role === 'sidecar')
      sidecars = total([
        [sidecars, 1],
        [ask(fields), 1],
      ]);
    if (role === 'init')
      most = largest([
        most,
        total([
          [sidecars, 1],
          [ask(fields), 1],
        ]),
      ]);
  }
  const running = total([
    [sidecars, 1],
    ...containers.filter(({ role }) => role === 'container').map(({ fields }) => [ask(fields), 1] as const),
  ]);
  return largest([most, running]);
}

/** A limit without a request is the request too. */
function ask(container: Fields): Requests {
  const given = fieldsOf(container['resources']);
  const amount = (what: 'cpu' | 'memory'): number =>
    quantityOf(fieldsOf(given['requests'])[what]) ?? quantityOf(fieldsOf(given['limits'])[what]) ?? 0;
  return { cpu: amount('cpu'), memory: amount('memory') };
}
