import { nameOf, typed } from '../../../model/derived/units.ts';
import { hold } from '../../../ops/hold/hold.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import { changesHolds } from './change-holds.ts';

/** `portolan hold ENV --reason TEXT`: keeps automation from an environment. */
export const define = changesHolds({
  example: 'hold prod --reason "the sale is on"',
  step: (environment) => `hold ${environment}`,
  changeFrom: ({ reason }) => {
    if (reason === undefined) throw new UsageError('a hold needs a reason: --reason TEXT');
    return (ops, options) => hold(ops, { ...options, reason });
  },
  failed: 'was not held',
  telling: {
    option: 'suspend',
    description: 'also say what to type so that the cluster is left as it is: nothing is applied, and no edit undone',
    words: 'To have the cluster left as it is, too:',
  },
  outcome: (unit) => `Automation leaves ${nameOf(unit)} alone until: npx portolan unhold ${typed(unit)}`,
});
