import type { KubernetesObject } from '../../../model/application.ts';
import { valueAt } from '../../../objects/fields.ts';
import { selectorWords } from '../words/policy-words.ts';
import { accessExposures } from './access-exposures.ts';
import type { Exposure } from '../../../objects/change/exposure.ts';
import { podExposures } from './pod-exposures.ts';

const exposuresOf = (object: KubernetesObject): readonly Exposure[] => [
  ...podExposures(object),
  ...accessExposures(object),
];

/** What an object may do, or lets others do, that its earlier state did not. Without an earlier state it is new; without a later one it goes. */
export function securityLoosened(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): readonly string[] {
  if (after === undefined)
    return before?.kind === 'NetworkPolicy'
      ? [`no longer limits traffic of ${selectorWords(valueAt(before, 'spec', 'podSelector'))}`]
      : [];
  const known = new Set((before === undefined ? [] : exposuresOf(before)).map(({ key }) => key));
  const fresh = exposuresOf(after).filter(
    ({ key, whenCreated = true }) => !known.has(key) && (before !== undefined || whenCreated),
  );
  return [...new Set(fresh.map(({ message }) => message))];
}
