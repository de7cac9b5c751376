const { getPrototypeOf } = Object;
const { isArray } = Array;

/** Whether a value is a mapping as an object literal or a file gives it, wherever it was made. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || isArray(value)) return false;
  const prototype: unknown = getPrototypeOf(value);
  return prototype === null || getPrototypeOf(prototype) === null;
}

/** What a value is, in words that never show what a text holds: `text`, `a list`, `a promise`, `NaN`. */
export function valueKind(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
  if (typeof value === 'string') return 'text';
  if (typeof value === 'bigint') return 'a bigint';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value !== 'object') return typeof value;
  return 'then' in value ? 'a promise' : `an instance of ${className(value)}`;
}

/** Whether a value is of a kind that no file could hold: a function, a promise, a `Date`, `NaN`. */
export const isForeign = (value: unknown): boolean =>
  typeof value === 'object'
    ? value !== null && !Array.isArray(value) && !isMapping(value)
    : typeof value === 'number'
      ? !Number.isFinite(value)
      : !['string', 'boolean', 'undefined'].includes(typeof value);

function className(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'a class';
}
