import { foundAt, type Check } from '../../../../objects/check.ts';
import { numberOf, textOf, valueAt } from '../../../../objects/fields.ts';

/** A CronJob neither starts a run while the last one is at work, nor lets a run hang for ever. */
export const cronOverlap: Check = {
  name: 'cron-overlap',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('CronJob')) {
      const policy = textOf(valueAt(rendered.object, 'spec', 'concurrencyPolicy')) ?? 'Allow';
      if (policy === 'Allow')
        report(
          foundAt(
            rendered,
            'spec.concurrencyPolicy',
            'a run may start while the last one is at work; write "Forbid" or "Replace", got "Allow"',
          ),
        );
      const job = valueAt(rendered.object, 'spec', 'jobTemplate', 'spec');
      const deadline =
        numberOf(valueAt(job, 'activeDeadlineSeconds')) ??
        numberOf(valueAt(job, 'template', 'spec', 'activeDeadlineSeconds'));
      if (deadline === undefined)
        report(
          foundAt(
            rendered,
            'spec.jobTemplate.spec.activeDeadlineSeconds',
            'a run that hangs is never ended, and no later one starts; write the seconds a run may take',
          ),
        );
    }
  },
};
