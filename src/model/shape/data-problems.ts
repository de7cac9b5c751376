import { isForeign, isMapping, valueKind } from './value-kind.ts';

/** Deeper than any Kubernetes object; what is deeper than this refers to itself, or was made to hurt. */
const deepest = 100;

/** What no YAML file could hold: functions, `undefined`, `NaN`, instances of classes, and what holds itself. */
export function dataProblems(
  value: unknown,
  path: string,
  within: readonly object[] = [],
  done = new WeakSet<object>(),
): readonly { readonly path: string; readonly message: string }[] {
  if (value === undefined) return [{ path, message: 'is undefined; leave it out, or give it a value' }];
  if (isForeign(value)) return [{ path, message: `must be plain data, as YAML has it; it is ${valueKind(value)}` }];
  if (typeof value !== 'object' || value === null) return [];
  if (within.includes(value)) return [{ path, message: 'must not hold itself; write the values that are meant' }];
  if (within.length >= deepest)
    return [{ path, message: `must not lie more than ${deepest} levels deep; write it flatter` }];
  if (done.has(value)) return [];
  const inner = [...within, value];
  const problems = Array.isArray(value)
    ? Array.from(value, (item: unknown, i) => dataProblems(item, `${path}[${i}]`, inner, done)).flat()
    : isMapping(value)
      ? Object.entries(value).flatMap(([key, item]) => dataProblems(item, `${path}.${key}`, inner, done))
      : [];
  if (problems.length === 0) done.add(value);
  return problems;
}
