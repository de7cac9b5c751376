/** The fields of an object whose shape nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};

/** Whether a value is an object with fields: neither a list nor nothing. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object; without fields when it is none. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : none);

/** The value as a list; empty when it is none. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : noItems);

const noItems: readonly unknown[] = [];

/** The value when it is a string. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The value when it is a number. */
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The strings of a list, without everything else in it. */
export const textsOf = (value: unknown): readonly string[] => itemsOf(value).filter((item) => typeof item === 'string');

/** The entries of a map whose values are strings, without the others. */
export function textMapOf(value: unknown): Readonly<Record<string, string>> {
  const fields = fieldsOf(value);
  if (holdsTexts(fields)) return fields;
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function holdsTexts(fields: Fields): fields is Readonly<Record<string, string>> {
  for (const key of Object.keys(fields)) if (typeof fields[key] !== 'string') return false;
  return true;
}

/** The value at a path of field names, or nothing. */
export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) current = fieldsOf(current)[key];
  return current;
}

/** A place in an object: its fields and the path to them. */
export interface FieldPlace {
  readonly fields: Fields;
  /** E.g. `spec.rules[0].http`. */
  readonly path: string;
}

/** The objects of a list, each with its path. */
export function placesOf(list: unknown, path: string): readonly FieldPlace[] {
  if (!Array.isArray(list) || list.length === 0) return nowhere;
  const places: FieldPlace[] = [];
  for (let i = 0; i < list.length; i += 1) places.push({ fields: fieldsOf(list[i]), path: `${path}[${i}]` });
  return places;
}

const nowhere: readonly FieldPlace[] = [];

/** The path of a field, in brackets when its name is no plain word, e.g. `data["init.sql"]`. */
export function fieldPath(base: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${base}[${JSON.stringify(key)}]`;
  return base === '' ? key : `${base}.${key}`;
}
