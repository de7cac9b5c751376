import { isMapping } from './value-kind.ts';
import type { ShapeProblem } from './shape-problems.ts';

/**
 * The delivery as it would be with its wrong keys taken out or put right, so that the rules can be asked about the rest: a
 * misspelt key has no consequences then. None where something is wrong that has no such answer.
 */
export function mended(delivery: unknown, problems: readonly ShapeProblem[]): unknown {
  if (problems.some(({ wrongKey }) => wrongKey === undefined)) return undefined;
  const copy = copyOf(delivery);
  for (const { wrongKey } of problems) {
    if (wrongKey === undefined) continue;
    const { within, key, meant } = wrongKey;
    const place = within.reduce<unknown>((at, next) => (at as Record<string | number, unknown>)[next], copy) as Record<
      string,
      unknown
    >;
    if (meant !== undefined && !Object.hasOwn(place, meant)) place[meant] = place[key];
    Reflect.deleteProperty(place, key);
  }
  return copy;
}

/** A copy of data, with the functions in it as they are. Data that leads back to itself does so in the copy. */
function copyOf(value: unknown, made = new Map<unknown, unknown>()): unknown {
  const known = made.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    made.set(value, list);
    for (const item of value) list.push(copyOf(item, made));
    return list;
  }
  if (!isMapping(value)) return value;
  const mapping: Record<string, unknown> = {};
  made.set(value, mapping);
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(mapping, key, {
      value: copyOf(item, made),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  return mapping;
}
