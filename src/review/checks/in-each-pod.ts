import type { Check, CheckInput, Report } from './check.ts';
import type { PodContainer, Workload } from './objects/pods/workload.ts';

/** Looks at each pod template by itself, as Pod Security admission does. */
export const inEachPod =
  (look: (workload: Workload, report: Report, input: CheckInput) => void): Check['find'] =>
  (input, report) => {
    for (const workload of input.objects.workloads) look(workload, report, input);
  };

/** Looks at each container of each pod template, init and ephemeral ones too. */
export const inEachContainer =
  (look: (container: PodContainer, workload: Workload, report: Report, input: CheckInput) => void): Check['find'] =>
  (input, report) => {
    for (const workload of input.objects.workloads) {
      for (const container of workload.containers) look(container, workload, report, input);
    }
  };
