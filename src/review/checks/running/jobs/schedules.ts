import { cronProblem } from '../../../../model/formats/cron.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { textOf, valueAt } from '../../../../objects/fields.ts';

/** Words that Kubernetes takes in the place of five fields. */
const words = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every (?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+)$/;

/** The schedule of every CronJob is one that Kubernetes reads, and fires some day: 31 February never comes. */
export const schedules: Check = {
  name: 'schedules',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('CronJob')) {
      const schedule = textOf(valueAt(rendered.object, 'spec', 'schedule')) ?? '';
      const problem = words.test(schedule) ? undefined : cronProblem(schedule);
      if (problem !== undefined) report(foundAt(rendered, 'spec.schedule', `${problem}, got "${schedule}"`));
    }
  },
};
