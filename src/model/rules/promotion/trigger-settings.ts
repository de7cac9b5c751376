import type { Delivery } from '../../delivery.ts';
import { cronProblem } from '../../formats/cron.ts';
import type { Problem } from '../../problem.ts';
import { triggersIn } from '../place.ts';

/** Names and times of triggers are some that GitHub takes. */
export const triggerSettings = (delivery: Delivery): readonly Problem[] =>
  triggersIn(delivery).flatMap(({ path, trigger }): readonly Problem[] => {
    if (trigger.on === 'dispatch' && !/^[\w.-]{1,100}$/.test(trigger.event))
      return [
        {
          path: `${path}.event`,
          message: 'must be letters, digits, "_", "-" and ".", 100 at most, e.g. "base-image"',
          given: trigger.event,
        },
      ];
    const message = trigger.on === 'schedule' ? cronProblem(trigger.cron) : undefined;
    return trigger.on !== 'schedule' || message === undefined
      ? []
      : [{ path: `${path}.cron`, message, given: trigger.cron }];
  });
