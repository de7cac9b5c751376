import type { CheckInput, Found } from '../../check.ts';
import { foundAt } from '../../check.ts';
import { fieldsOf, valueAt, type Fields } from '../../objects/fields.ts';
import type { Workload } from '../../objects/workload.ts';

/** A place that carries a security context: the pod, or one of its containers. */
export interface SecurityPlace {
  /** Fields of the security context. */
  readonly security: Fields;
  /** Path of the security context. */
  readonly path: string;
  /** E.g. `the pod` or `container "orders"`. */
  readonly who: string;
}

/** The pod's own security context. */
export const podSecurity = ({ pod, specPath }: Workload): SecurityPlace => ({
  security: fieldsOf(pod['securityContext']),
  path: `${specPath}.securityContext`,
  who: 'the pod',
});

/** The security contexts of all containers, init and ephemeral ones too. */
export function containerSecurity(workload: Workload): readonly SecurityPlace[] {
  const known = made.get(workload);
  if (known !== undefined) return known;
  const places = workload.containers.map(({ security, path, title }) => ({ security, path: `${path}.securityContext`, who: title }));
  made.set(workload, places);
  return places;
}

/** Most controls ask for the same places. */
const made = new WeakMap<Workload, readonly SecurityPlace[]>();

/** Whether the pod says that it runs on Windows, where some controls do not exist. */
export const isWindows = ({ pod }: Workload): boolean => valueAt(pod, 'os', 'name') === 'windows';

/** Looks at each pod template by itself, as Pod Security admission does. */
export function* inEachPod(
  { objects }: CheckInput,
  look: (workload: Workload) => Iterable<{ readonly field: string; readonly message: string }>,
): Iterable<Found> {
  for (const workload of objects.workloads) {
    for (const { field, message } of look(workload)) yield foundAt(workload.rendered, field, message);
  }
}
