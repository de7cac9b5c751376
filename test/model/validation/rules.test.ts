import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { rules } from '../../../src/model/validation/rules.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import fc from '../../support/properties.ts';

const files = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, import.meta.url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.split(/model\/rules\/?/)[1] ?? ''}/${entry.name}`)
    .sort();

/** Files beside the rules that several of them use. */
const aids = [
  '/place.ts',
  'reference/known-names.ts',
  'reference/neighbours.ts',
  'toolchain/program-in-cluster.ts',
  'workload/object-names.ts',
];

const camelCase = (file: string): string =>
  file.replace(/^.*\/|\.ts$/g, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

type Path = readonly (string | number)[];

/** Paths of everything inside plain data. */
const pathsIn = (data: unknown, path: Path = []): readonly Path[] =>
  typeof data !== 'object' || data === null
    ? []
    : Object.entries(data).flatMap(([key, value]) => {
        const inner = [...path, Array.isArray(data) ? Number(key) : key];
        return [inner, ...pathsIn(value, inner)];
      });

/** Plain data with what stands at a path changed; a list loses an element that becomes nothing. */
function changedAt(data: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(data);
  if (Array.isArray(data))
    return data.flatMap((item: unknown, i) =>
      i === key ? [changedAt(item, rest, change)].filter((it) => it !== undefined) : [item],
    );
  const record = data as Record<string, unknown>;
  return { ...record, [key]: changedAt(record[key], rest, change) };
}

/** A change that keeps types: other words, other numbers, shorter and longer lists. */
const mutation = fc.tuple(
  fc.nat(),
  fc.oneof(fc.string(), fc.constantFrom('', 'dev', 'orders', 'prod-', '/', '0 0 31 2 *', '18', 'a'.repeat(99))),
  fc.oneof(fc.integer(), fc.double()),
  fc.boolean(),
);

const mutated = (
  delivery: Delivery,
  [place, word, number, remove]: readonly [number, string, number, boolean],
): Delivery => {
  const paths = pathsIn(delivery);
  const path = paths[place % paths.length] ?? [];
  const isElement = typeof path.at(-1) === 'number';
  return changedAt(delivery, path, (value) => {
    if (isElement && remove) return undefined;
    if (typeof value === 'string')
      return path.at(-1) === 'kind' || path.at(-1) === 'on' || path.at(-1) === 'from' ? value : word;
    if (typeof value === 'number') return number;
    if (typeof value === 'boolean') return !value;
    return Array.isArray(value) ? (remove ? [] : [...(value as unknown[]), ...(value as unknown[])]) : value;
  }) as Delivery;
};

describe('the table of rules', () => {
  test('names every rule there is, after its file', () => {
    const defined = files('../../../src/model/rules/').filter((file) => !aids.includes(file));

    expect(Object.keys(rules).sort()).toEqual(defined.map(camelCase).sort());
  });

  test('has a test for every rule', () => {
    const defined = files('../../../src/model/rules/').filter((file) => !aids.includes(file));

    expect(files('../rules/')).toEqual(defined.map((file) => file.replace(/\.ts$/, '.test.ts')));
  });

  test('has a test that passes and one that fails for every rule', () => {
    const lacking = files('../rules/').filter((file) => {
      const text = readFileSync(new URL(`../rules/${file}`, import.meta.url), 'utf8');
      return !/(?:test|\]\))\('(?:pass|passes) /.test(text) || !text.includes("test('fails ");
    });

    expect(lacking).toEqual([]);
  });

  test('has a row for every rule in docs/checks.md, in their order, each with what it holds', () => {
    const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const document = readFileSync(new URL('../../../docs/checks.md', import.meta.url), 'utf8');
    const rows = [...document.matchAll(/^\| `([a-z-]+)` \| \w.+\. \|$/gm)].map(([, name]) => name);

    expect(rows).toEqual(Object.keys(rules).map(kebabCase));
  });

  test('holds only rules that say their problems and never throw, whatever a delivery holds', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        const problems = problemsOf(mutations.reduce(mutated, validDelivery()));

        return problems.every(({ path, message }) => path !== '' && /^[^A-Z].*[^.]$/s.test(message));
      }),
      { numRuns: 300 },
    );
  });

  test('says the same of the same delivery, and changes nothing in it', () => {
    const delivery = validDelivery();
    const before = JSON.stringify(delivery);

    expect(problemsOf(delivery)).toEqual(problemsOf(delivery));
    expect(JSON.stringify(delivery)).toBe(before);
  });
});
