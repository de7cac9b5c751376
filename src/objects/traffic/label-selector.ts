import { fieldsOf, itemsOf, textMapOf, textOf, textsOf, type Fields } from '../fields.ts';

/** A label selector, as Services (a plain map) and everything else (`matchLabels`, `matchExpressions`) write it. */
export interface LabelSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly LabelExpression[];
}

/** One entry of `matchExpressions`. */
export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A selector written as a plain map. */
export const mapSelector = (value: unknown): LabelSelector => ({ labels: textMapOf(value), expressions: [] });

/** A selector with `matchLabels` and `matchExpressions`. */
export function labelSelector(value: unknown): LabelSelector {
  const fields: Fields = fieldsOf(value);
  return {
    labels: textMapOf(fields['matchLabels']),
    expressions:
      fields['matchExpressions'] === undefined
        ? []
        : itemsOf(fields['matchExpressions']).map(fieldsOf).map(expressionOf),
  };
}

const expressionOf = (fields: Fields): LabelExpression => ({
  key: textOf(fields['key']) ?? '',
  operator: textOf(fields['operator']) ?? '',
  values: textsOf(fields['values']),
});

/** Whether the selector selects everything. */
export const isEmptySelector = ({ labels, expressions }: LabelSelector): boolean =>
  Object.keys(labels).length === 0 && expressions.length === 0;

/** Whether labels match. */
export function selects({ labels, expressions }: LabelSelector, given: Readonly<Record<string, string>>): boolean {
  for (const key of Object.keys(labels)) if (given[key] !== labels[key]) return false;
  for (const expression of expressions) if (!agrees(expression, given[expression.key])) return false;
  return true;
}

function agrees({ operator, values }: LabelExpression, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Writes labels as kubectl does, e.g. `app=orders,tier=web`. */
export const writeLabels = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');

/** Writes a selector as kubectl does. */
export function writeSelector({ labels, expressions }: LabelSelector): string {
  const written = expressions.map(
    ({ key, operator, values }) => `${key} ${operator}${values.length === 0 ? '' : ` (${values.join(',')})`}`,
  );
  return [writeLabels(labels), ...written].filter((part) => part !== '').join(',');
}
