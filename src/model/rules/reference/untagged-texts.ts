import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

/** What JavaScript writes in the place of an object inside a plain template string. */
const lost = /\[object \w+\]/;

/** No string holds an object by mistake, as `nats://[object Object]` does: a reference only works under the `text` tag. */
export const untaggedTexts = (delivery: Delivery): readonly Problem[] => {
  const problems: Problem[] = [];
  walk(delivery, '', new Set(), (path, given) => {
    problems.push({
      path,
      message:
        "holds an object where a host or a port was meant; write the tag text in front, e.g. text`http://${host('orders')}`",
      given,
    });
  });
  return problems;
};

function walk(value: unknown, path: string, above: Set<object>, tell: (path: string, given: string) => void): void {
  if (typeof value === 'string') {
    if (lost.test(value)) tell(path, value);
    return;
  }
  if (typeof value !== 'object' || value === null || above.has(value)) return;
  above.add(value);
  if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, stepTo(path, item, i), above, tell);
  else for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`, above, tell);
  above.delete(value);
}

/** Things that have a name are named by it, as in every other problem; others by their number. */
const stepTo = (path: string, item: unknown, i: number): string =>
  typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
    ? `${path}.${item.name}`
    : `${path}[${i}]`;
