import { expect, test } from '@jest/globals';
import { findings } from '../systems/rendered-system.ts';
import { defects, refusals } from '../support/told.ts';
import { everyWorkload } from './every-workload/every-workload.ts';

test('a delivery of every word of a workload passes, rules and checks', () => {
  expect([...defects(everyWorkload), ...refusals(everyWorkload)]).toEqual([]);
  expect(findings(everyWorkload)).toEqual([]);
});
