import { fieldsOf, itemsOf, textMapOf, textOf, valueAt } from '../../../objects/fields.ts';
import { labelled, plainValue, type Say } from '../../../objects/change/phrase.ts';

/** Words for a metric that an autoscaler looks at, e.g. `scales by cpu at 70 % of the request`. */
const metric: Say = ({ before, after }) =>
  `${after === undefined ? 'no longer scales' : 'scales'} by ${metricWords(after ?? before)}`;

function metricWords(given: unknown): string {
  const at = (...path: readonly string[]): unknown => valueAt(given, ...path);
  const own = at('containerResource') ?? at('resource');
  if (own !== undefined) {
    const container = textOf(valueAt(own, 'container'));
    const of = container === undefined ? '' : ` of container ${container}`;
    return `${textOf(valueAt(own, 'name')) ?? ''}${of} at ${targetWords(own)}`;
  }
  const other = at('external') ?? at('pods') ?? at('object');
  const labels = Object.entries(textMapOf(valueAt(other, 'metric', 'selector', 'matchLabels')));
  const where = labels.length === 0 ? '' : ` with ${labels.map(([key, value]) => `${key}=${value}`).join(',')}`;
  return `${textOf(valueAt(other, 'metric', 'name')) ?? 'a metric'}${where} at ${targetWords(other)}`;
}

function targetWords(metricSource: unknown): string {
  const { averageUtilization, averageValue, value } = fieldsOf(valueAt(metricSource, 'target'));
  if (averageUtilization !== undefined) return `${plainValue(averageUtilization) ?? ''} % of the request`;
  return averageValue === undefined ? (plainValue(value) ?? '') : `${plainValue(averageValue) ?? ''} a pod`;
}

/** Words for how fast an autoscaler goes in one direction, where it is said anew or no more. */
const speed =
  (direction: string): Say =>
  ({ before, after }) => {
    const rules = after ?? before;
    const policies = itemsOf(valueAt(rules, 'policies')).map(policyWords);
    const isOff = valueAt(rules, 'selectPolicy') === 'Disabled';
    const said = isOff ? 'never' : policies.length === 0 ? 'otherwise' : `by ${policies.join(' or ')}`;
    return after === undefined ? `goes ${direction} as Kubernetes does by itself` : `goes ${direction} ${said}`;
  };

const policyWords = (policy: unknown): string => {
  const { type, value, periodSeconds } = fieldsOf(policy);
  return `${String(value)} ${type === 'Percent' ? '%' : 'pods'} in ${String(periodSeconds)} s`;
};

const directions = { scaleUp: 'up', scaleDown: 'down' } as const;

/** Fields of an autoscaler in the owner's words. */
export const autoscalerWords: Readonly<Record<string, Say>> = {
  'spec.minReplicas': labelled('at least', ' pods'),
  'spec.maxReplicas': labelled('at most', ' pods'),
  'spec.metrics[]': metric,
  'spec.behavior': (wording) =>
    Object.entries(directions)
      .flatMap(([field, direction]) => {
        const [before, after] = [valueAt(wording.before, field), valueAt(wording.after, field)];
        return before === undefined && after === undefined ? [] : [speed(direction)({ ...wording, before, after })];
      })
      .join('; '),
  ...Object.fromEntries(
    Object.entries(directions).flatMap(([field, direction]) => {
      const at = `spec.behavior.${field}`;
      return [
        [at, speed(direction)],
        [`${at}.stabilizationWindowSeconds`, labelled(`goes ${direction} after`, ' s')],
        [`${at}.selectPolicy`, labelled(`goes ${direction} by the policy`)],
        [`${at}.policies`, speed(direction)],
      ];
    }),
  ),
};
