import { fieldAt } from '../../objects/fields-at.ts';

/** A time of a live object, in milliseconds since 1970; the client gives a Date, the API a string. Undefined where there is none. */
export function timeAt(object: unknown, ...path: readonly string[]): number | undefined {
  const value = fieldAt(object, ...path);
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
