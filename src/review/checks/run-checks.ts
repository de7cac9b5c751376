import type { Check, CheckInput, Found, Report } from './check.ts';

/**
 * Runs checks over an environment: object by object and pod by pod, because an object that was just looked at is at hand,
 * then over all of them together.
 */
export function runChecks(
  checks: readonly Check[],
  input: CheckInput,
  report: (check: Check, found: Found) => void,
): void {
  const reports = new Map(
    checks.map((check): readonly [Check, Report] => [
      check,
      (found) => {
        report(check, found);
      },
    ]),
  );
  const inObjects = looks(reports, ({ inObject }) => inObject);
  for (const rendered of input.objects.all) for (const { look, tell } of inObjects) look(rendered, tell, input);

  const inPods = looks(reports, ({ inPod }) => inPod);
  const inContainers = looks(reports, ({ inContainer }) => inContainer);
  for (const workload of input.objects.workloads) {
    for (const { look, tell } of inPods) look(workload, tell, input);
    for (const container of workload.containers)
      for (const { look, tell } of inContainers) look(container, workload, tell, input);
  }

  for (const { look: find, tell } of looks(reports, (check) => check.find)) find(input, tell);
}

/** What the checks look with, beside whom to tell. */
function looks<Look>(
  reports: ReadonlyMap<Check, Report>,
  lookOf: (check: Check) => Look | undefined,
): readonly { readonly look: Look; readonly tell: Report }[] {
  return [...reports].flatMap(([check, tell]) => {
    const look = lookOf(check);
    return look === undefined ? [] : [{ look, tell }];
  });
}
