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

/** A copy of data, with the functions in it as they are. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}
