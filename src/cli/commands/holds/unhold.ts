import { unhold } from '../../../ops/hold/hold.ts';
import { changesHolds } from './change-holds.ts';

/** `portolan unhold ENV`: ends every hold of an environment. */
export const define = changesHolds({
  example: 'unhold prod',
  step: (environment) => `let ${environment} go`,
  changeFrom: () => unhold,
  outcome: (environment, outcome) =>
    outcome === 'unchanged' ? `Nothing held ${environment}.` : `Automation may change ${environment} again.`,
});
