import { foundAt, type Check } from '../../../objects/check.ts';
import { pullSeconds, startupSeconds, type ProbeTimes } from '../../../model/derived/startup-seconds.ts';
import { fieldsOf, itemsOf, numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/** Kubernetes' own deadline for a Deployment; a longer one is too long for whoever waits for a rollout at night. */
const defaultSeconds = 600;

/** Kubernetes' own time for a pod to stop. */
const defaultGraceSeconds = 30;

/**
 * A rollout that makes no progress is called failed after a time that is longer than its start may take and shorter than
 * somebody's patience, a Job that hangs after a time that somebody chose, and a wait before the stop leaves time for the stop.
 */
export const deadlines: Check = {
  name: 'deadlines',
  inContainer({ name, path, fields }, { rendered, pod, specPath }, report) {
    const grace = numberOf(pod['terminationGracePeriodSeconds']) ?? defaultGraceSeconds;
    const seconds = preStopSeconds(valueAt(fields, 'lifecycle', 'preStop'));
    if (seconds === undefined || seconds < grace) return;
    report(
      foundAt(
        rendered,
        `${path}.lifecycle.preStop`,
        `container "${name}" waits ${seconds} s before it is told to stop, and is killed after ${grace}; write a longer ${specPath}.terminationGracePeriodSeconds, or wait less`,
      ),
    );
  },
  find({ objects }, report) {
    for (const rendered of objects.ofKind('Deployment')) {
      const given = numberOf(valueAt(rendered.object, 'spec', 'progressDeadlineSeconds'));
      const seconds = given ?? defaultSeconds;
      const workload = objects.workload(
        'Deployment',
        rendered.object.metadata.name,
        objects.namespaceOf(rendered.object),
      );
      const startup = workload === undefined ? 0 : startupSeconds(workload.running.map(timesOf));
      const needed = startup + pullSeconds + (numberOf(valueAt(rendered.object, 'spec', 'minReadySeconds')) ?? 0);
      if (seconds < startup)
        report(
          foundAt(
            rendered,
            'spec.progressDeadlineSeconds',
            `a start may take ${startup} s by its probes, and is called failed before; write at least ${needed}, or let the startup probe give up sooner, got ${given ?? `nothing, which is ${defaultSeconds}`}`,
          ),
        );
      else if (seconds > Math.max(defaultSeconds, needed))
        report(
          foundAt(
            rendered,
            'spec.progressDeadlineSeconds',
            `a rollout that makes no progress is noticed late; write at most ${Math.max(defaultSeconds, needed)}, e.g. ${Math.max(120, needed)}, got ${seconds}`,
          ),
        );
    }
    for (const rendered of objects.ofKind('Job')) {
      const job = valueAt(rendered.object, 'spec');
      const seconds =
        numberOf(valueAt(job, 'activeDeadlineSeconds')) ??
        numberOf(valueAt(job, 'template', 'spec', 'activeDeadlineSeconds'));
      if (seconds === undefined)
        report(
          foundAt(
            rendered,
            'spec.activeDeadlineSeconds',
            'a Job that hangs keeps its sync running for ever; write the seconds it may take',
          ),
        );
    }
  },
};

const timesOf = ({ role, fields }: Workload['running'][number]) => ({
  first: role === 'sidecar',
  startup: probeTimes(fields['startupProbe']),
  readiness: probeTimes(fields['readinessProbe']),
});

const probeTimes = (probe: unknown): ProbeTimes | undefined =>
  probe === undefined
    ? undefined
    : {
        initialDelaySeconds: numberOf(fieldsOf(probe)['initialDelaySeconds']),
        periodSeconds: numberOf(fieldsOf(probe)['periodSeconds']),
        failureThreshold: numberOf(fieldsOf(probe)['failureThreshold']),
      };

/** How long a hook certainly waits: its sleep, by field or by command. */
function preStopSeconds(hook: unknown): number | undefined {
  const slept = numberOf(valueAt(hook, 'sleep', 'seconds'));
  if (slept !== undefined) return slept;
  const words = itemsOf(valueAt(hook, 'exec', 'command')).flatMap((word) => textOf(word) ?? []);
  const command = words.join(' ');
  const seconds = /(?:^|[\s;&/"'])sleep\s+(\d+(?:\.\d+)?)(?:s?)(?=$|[\s;&"'])/.exec(command)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
