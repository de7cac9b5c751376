import { foundAt, type Check } from '../../../objects/check.ts';
import { numberOf, valueAt } from '../../../objects/fields.ts';

/** Kubernetes' own deadline for a Deployment: too long for whoever waits for a rollout at night. */
const defaultSeconds = 600;

/** A rollout that makes no progress, and a Job that hangs, are called failed after a time that somebody chose. */
export const deadlines: Check = {
  name: 'deadlines',
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
