import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { helmChartsIn } from '../place.ts';

/** Why a value cannot be one of a chart's; nothing where it can. */
function wrongWith(value: unknown): string | undefined {
  if (value === null)
    return 'must not be null, with which Helm removes a default of the chart in silence; write the value that is meant';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'must be a number that YAML can hold';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return 'loses its last digits, because Helm reads numbers as floating ones; write it as text';
  return ['string', 'number', 'boolean', 'object'].includes(typeof value) ? undefined : 'must be plain data';
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

function problemsOf(value: unknown, path: string): readonly Problem[] {
  const wrong = wrongWith(value);
  if (wrong !== undefined) return [{ path, message: wrong, given: value }];
  if (typeof value !== 'object' || value === null) return [];
  if (!isPlain(value)) return [{ path, message: 'must be plain data', given: Object.prototype.toString.call(value) }];
  return Array.isArray(value)
    ? value.flatMap((item: unknown, i) => problemsOf(item, `${path}[${i}]`))
    : Object.entries(value).flatMap(([key, item]) => problemsOf(item, `${path}.${key}`));
}

/** What a chart is given means the same to whoever renders it. */
export const chartValues = (delivery: Delivery): readonly Problem[] =>
  helmChartsIn(delivery).flatMap(({ path, chart: { values = {} } }) => problemsOf(values, `${path}.values`));
