import type { Check, CheckInput, Found, Report } from '../../objects/check.ts';

/**
 * Runs checks over an environment: object by object and pod by pod, because an object that was just looked at is at hand,
 * then over all of them together.
 */
export function runChecks<Input extends CheckInput>(
  checks: readonly Check<Input>[],
  input: Input,
  report: (check: Check<Input>, found: Found) => void,
): void {
  const reports = new Map(
    checks.map((check): readonly [Check<Input>, Report] => [
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
function looks<Input extends CheckInput, Look>(
  reports: ReadonlyMap<Check<Input>, Report>,
  lookOf: (check: Check<Input>) => Look | undefined,
): readonly { readonly look: Look; readonly tell: Report }[] {
  return [...reports].flatMap(([check, tell]) => {
    const look = lookOf(check);
    return look === undefined ? [] : [{ look, tell }];
  });
}
