import { foundAt, type Check } from '../../../objects/check.ts';
import { itemsOf, numberOf, textOf, valueAt } from '../../../objects/fields.ts';

/** Kubernetes' own deadline for a Deployment: too long for whoever waits for a rollout at night. */
const defaultSeconds = 600;

/** Kubernetes' own time for a pod to stop. */
const defaultGraceSeconds = 30;

/**
 * A rollout that makes no progress, and a Job that hangs, are called failed after a time that somebody chose, and a wait
 * before the stop leaves time for the stop.
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
      const seconds = numberOf(valueAt(rendered.object, 'spec', 'progressDeadlineSeconds'));
      if (seconds !== undefined && seconds <= defaultSeconds) continue;
      report(
        foundAt(
          rendered,
          'spec.progressDeadlineSeconds',
          `a rollout that makes no progress is noticed late; write at most ${defaultSeconds}, e.g. 120, got ${seconds ?? 'nothing'}`,
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

/** How long a hook certainly waits: its sleep, by field or by command. */
function preStopSeconds(hook: unknown): number | undefined {
  const slept = numberOf(valueAt(hook, 'sleep', 'seconds'));
  if (slept !== undefined) return slept;
  const words = itemsOf(valueAt(hook, 'exec', 'command')).flatMap((word) => textOf(word) ?? []);
  const command = words.join(' ');
  const seconds = /(?:^|[\s;&/"'])sleep\s+(\d+(?:\.\d+)?)(?:s?)(?=$|[\s;&"'])/.exec(command)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
