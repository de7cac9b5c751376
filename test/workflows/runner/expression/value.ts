/** A value of GitHub's expression language. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Whether a value is a list. */
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Whether a condition of that value holds. */
export const isTrue = (value: Value): boolean =>
  !(value === false || value === 0 || value === '' || value === null || Number.isNaN(value));

/** A value as it is written into a text. */
export function textOf(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? (isList(value) ? 'Array' : 'Object') : String(value);
}

/** A value as it is compared with one of another type. */
export function numberOf(value: Value): number {
  if (value === null || value === '') return 0;
  if (typeof value === 'object') return NaN;
  return Number(value);
}

/** Whether two values are equal: texts without regard to capitals, different types as numbers. */
export function isEqual(one: Value, other: Value): boolean {
  if (typeof one === 'string' && typeof other === 'string') return one.toLowerCase() === other.toLowerCase();
  if (one !== null && other !== null && typeof one === 'object' && typeof other === 'object') return one === other;
  if (typeof one === typeof other && typeof one !== 'object') return one === other;
  return numberOf(one) === numberOf(other);
}
