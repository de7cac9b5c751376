import { nameOf } from '../../../model/derived/units.ts';
import { unhold } from '../../../ops/hold/hold.ts';
import { changesHolds } from './change-holds.ts';

/** `portolan unhold ENV`: ends every hold of an environment. */
export const define = changesHolds({
  example: 'unhold prod',
  step: (environment) => `let ${environment} go`,
  changeFrom: () => unhold,
  failed: 'was not let go',
  telling: {
    option: 'resume',
    description: 'also say what to type so that the cluster follows the branch again',
    words: 'To have the cluster follow its branch again:',
  },
  outcome: (unit, outcome) =>
    outcome === 'unchanged' ? `Nothing held ${nameOf(unit)}.` : `Automation may change ${nameOf(unit)} again.`,
});
