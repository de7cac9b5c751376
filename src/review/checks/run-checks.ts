import type { KubernetesObject } from '../../model/application.ts';
import type { Check, CheckInput, Found, Report, Surroundings } from '../../objects/check.ts';
import type { RenderedObject } from '../../objects/rendered-object.ts';

/** Objects in which no check finds anything that looks at one object and what surrounds it. */
export interface SettledObjects {
  has(object: KubernetesObject): boolean;
  add(object: KubernetesObject): void;
}

/**
 * Runs checks over an environment: object by object and pod by pod, because an object that was just looked at is at hand,
 * then over all of them together.
 *
 * @param settled - objects that need not be looked at by themselves; those in which nothing is found are added @default - all are looked at
 */
export function runChecks(
  checks: readonly Check[],
  input: CheckInput,
  report: (check: Check, found: Found) => void,
  settled: SettledObjects = new Set(),
): void {
  const { objects } = input;
  const around = new Asked(input);
  const tellers = checks.map((check): readonly [Check, Report] => [
    check,
    (found) => {
      around.count += 1;
      report(check, found);
    },
  ]);
  const open = new Set<RenderedObject>();
  const looked = (rendered: RenderedObject, look: () => void): void => {
    if (settled.has(rendered.object)) return;
    const before = around.count;
    look();
    if (around.count > before) open.add(rendered);
  };

  const inObjects = looks(tellers, ({ inObject }) => inObject);
  for (const rendered of objects.all)
    looked(rendered, () => {
      for (const { look, tell } of inObjects) look(rendered, tell, around);
    });

  const inPods = looks(tellers, ({ inPod }) => inPod);
  const inContainers = looks(tellers, ({ inContainer }) => inContainer);
  for (const workload of objects.workloads)
    looked(workload.rendered, () => {
      for (const { look, tell } of inPods) look(workload, tell, around);
      for (const container of workload.containers)
        for (const { look, tell } of inContainers) look(container, workload, tell, around);
    });
  for (const rendered of objects.all) if (!open.has(rendered)) settled.add(rendered.object);

  for (const { look: find, tell } of looks(tellers, (check) => check.find)) find(input, tell);
}

/** What surrounds an object, and how often something was found, or what becomes of others was asked for. */
class Asked implements Surroundings {
  count = 0;
  readonly environment: Surroundings['environment'];
  readonly policies?: NonNullable<Surroundings['policies']>;
  readonly validate?: NonNullable<Surroundings['validate']>;
  readonly whole: () => CheckInput;

  constructor(input: CheckInput) {
    const { delivery, validate } = input;
    const { applications: _, ...environment } = input.environment;
    this.environment = environment;
    if (delivery.policies !== undefined) this.policies = delivery.policies;
    if (validate !== undefined) this.validate = validate;
    this.whole = () => {
      this.count += 1;
      return input;
    };
  }
}

/** What the checks look with, beside whom to tell. */
function looks<Look>(
  tellers: readonly (readonly [Check, Report])[],
  lookOf: (check: Check) => Look | undefined,
): readonly { readonly look: Look; readonly tell: Report }[] {
  return tellers.flatMap(([check, tell]) => {
    const look = lookOf(check);
    return look === undefined ? [] : [{ look, tell }];
  });
}
