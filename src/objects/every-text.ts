import { fieldPath } from './fields.ts';

/** A string somewhere in an object. */
export interface TextField {
  readonly text: string;
  readonly path: string;
}

/** Every string of an object with its path, the names of fields excluded. */
export function* everyText(value: unknown, path = ''): Iterable<TextField> {
  if (typeof value === 'string') {
    yield { text: value, path };
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* everyText(item, `${path}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* everyText(entry, fieldPath(path, key));
  }
}
