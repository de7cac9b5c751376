import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { compareObjects } from '../../../src/review/diff/compare/compare-objects.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import { formatMarkdown } from '../../../src/review/diff/format/format-markdown.ts';
import { describePath, type Path } from '../../../src/objects/change/path.ts';
import { isEqual } from '../../../src/review/diff/tree-diff.ts';
import { shop, treeOf } from './shop-objects.ts';
import fc from '../../support/properties.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Field names as manifests have them, and some that JavaScript knows. */
const field = fc.oneof(
  fc.constantFrom('containers', 'env', 'ports', 'constructor', 'toString', 'name', 'x'),
  fc.stringMatching(/^[a-z]{1,6}$/),
);
const scalar = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -9, max: 9 }),
  fc.stringMatching(/^[a-z ]{0,5}$/),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(field, tie('value'), { maxKeys: 5 }),
  ),
}));

const objectOf = (spec: unknown): KubernetesObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  metadata: { name: 'thing' },
  spec,
});

const anyObject = fc.dictionary(field, value, { maxKeys: 6 }).map(objectOf);

/** Every value below an object, with the path to it; lists only by position. */
function leavesOf(node: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof node !== 'object' || node === null) return [path];
  return Object.entries(node).flatMap(([key, child]) =>
    leavesOf(child, [...path, Array.isArray(node) ? Number(key) : key]),
  );
}

function replaced(node: unknown, [step, ...rest]: readonly (string | number)[], leaf: unknown): unknown {
  if (step === undefined) return leaf;
  if (Array.isArray(node))
    return node.map((entry, i) => (i === step ? replaced(entry, rest, leaf) : (entry as unknown)));
  return Object.fromEntries(
    Object.entries(node as object).map(([key, child]) => [
      key,
      key === step ? replaced(child, rest, leaf) : (child as unknown),
    ]),
  );
}

/** The same object with the keys of every map in another order, and lists whose entries are told apart by name too. */
const shuffled = (node: unknown, random: (items: readonly unknown[]) => readonly unknown[]): unknown => {
  if (Array.isArray(node)) return (isMergeKeyed(node) ? random(node) : node).map((entry) => shuffled(entry, random));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    random(Object.entries(node)).map((entry) => [
      (entry as [string, unknown])[0],
      shuffled((entry as [string, unknown])[1], random),
    ]),
  );
};

const isMergeKeyed = (list: readonly unknown[]): boolean =>
  list.every(
    (entry) =>
      typeof entry === 'object' &&
      entry !== null &&
      ('containerPort' in entry ||
        'mountPath' in entry ||
        ('name' in entry &&
          ('value' in entry ||
            'valueFrom' in entry ||
            'image' in entry ||
            'emptyDir' in entry ||
            'persistentVolumeClaim' in entry))),
  );

describe('a diff, whatever the objects', () => {
  test('of an object and its copy is empty', () => {
    fc.assert(
      fc.property(anyObject, (object) => {
        expect(compareObjects(object, structuredClone(object))).toEqual({ changes: [], reordered: [] });
      }),
    );
  });

  test('of a tree and its copy in another order of objects, keys and keyed entries names no object', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const random = (items: readonly unknown[]): readonly unknown[] =>
          items
            .map((item) => ({ item, rank: numbers.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ item }) => item);
        const other = random(shop).map((object) => shuffled(object, random) as KubernetesObject);

        const diff = diffTrees(treeOf(...shop), treeOf(...other));

        expect(diff.objects).toEqual([]);
        expect(diff.risk).toEqual({ data: [], traffic: [], security: [], capacity: {} });
      }),
    );
  });

  test('reports a single changed value at its place, old and new, and nothing else', () => {
    const places = shop.flatMap((object) =>
      leavesOf(object)
        .filter(([first]) => first === 'spec' || first === 'data')
        .map((path) => ({ object, path })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom<unknown>('other value', 7, true, ['a'], { a: 1 }, undefined),
        ({ object, path }, value) => {
          const before = path.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], object);
          fc.pre(before !== value);
          const after = replaced(object, path, value) as KubernetesObject;

          const { changes } = compareObjects(object, after);

          for (const change of changes) expect(sharesPlace(change.path, path)).toBe(true);
          // What tells an entry apart has no place of its own: where it changes, one entry goes and another comes.
          if (tellsApart(path)) expect(changes.length).toBeGreaterThanOrEqual(1);
          else expect(changes.map((change) => [change.before, change.after])).toEqual([[before, value]]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('reports every changed leaf of a map exactly, old and new', () => {
    const flat = fc.dictionary(field, fc.dictionary(field, scalar, { minKeys: 1, maxKeys: 4 }), {
      minKeys: 1,
      maxKeys: 4,
    });
    fc.assert(
      fc.property(flat, fc.nat(), (spec, seed) => {
        const leaves = leavesOf(spec);
        const path = leaves[seed % leaves.length] ?? [];
        const before = objectOf(spec);
        const after = replaced(before, ['spec', ...path], 'changed!') as KubernetesObject;
        const old = path.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], spec);

        expect(compareObjects(before, after).changes).toEqual([
          { path: ['spec', ...path], ...(old === null ? {} : { before: old }), after: 'changed!' },
        ]);
      }),
    );
  });

  test('the other way round says the opposite', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (left, right) => {
        const there = compareObjects(left, right).changes;
        const back = compareObjects(right, left).changes;

        expect(isEqual(diffTrees(treeOf(left), treeOf(right)))).toBe(there.length === 0);
        expect(back.length === 0).toBe(there.length === 0);
      }),
    );
  });

  test('as a comment is never longer than its limit, and no text of a manifest breaks out of code', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom('`', '```\n# x', '</code></details>', '@team', '`` ` ``', '<img src=x>', '\n\n---\n', '#1'),
      fc.array(fc.constantFrom('`', '\n', 'a', ' '), { maxLength: 40 }).map((parts) => parts.join('')),
    );
    const configs = fc.array(fc.record({ name: nasty, key: nasty, before: nasty, after: nasty }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(configs, fc.integer({ min: 1000, max: 8000 }), nasty, (list, limit, title) => {
        const config = (text: 'before' | 'after') =>
          list.map(({ name, key, ...data }, i): KubernetesObject => ({
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: `${name}${i}` },
            data: { [key]: data[text] },
          }));

        const text = formatMarkdown(diffTrees(treeOf(...config('before')), treeOf(...config('after'))), {
          title,
          limit,
        });

        expect(text.length).toBeLessThanOrEqual(limit);
        const outside = withoutCode(text);
        expect(outside).not.toMatch(/@|<(?!\/?(details|summary)>)|#\d|`/);
        expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
      }),
      { numRuns: 200 },
    );
  });
});

/** Whether a value is a member of a set, a field by which entries of a list are told apart, or one of a rule among rules. */
const tellsApart = (path: readonly (string | number)[]): boolean =>
  typeof path.at(-1) === 'number' ||
  (path.some((step) => typeof step === 'number') &&
    ['name', 'mountPath', 'match', 'kind', 'group', 'containerPort', 'port', 'protocol'].includes(String(path.at(-1))));

/** Whether a change lies on the way to a place, or below it. */
function sharesPlace(path: Path, place: readonly (string | number)[]): boolean {
  const fields = (steps: readonly unknown[]): readonly unknown[] => steps.filter((step) => typeof step === 'string');
  const [a, b] = [fields(path), fields(place)];
  return describePath(path) !== '' && a.every((step, i) => i >= b.length || step === b[i]);
}

/** What a reader of GitHub Markdown sees outside of code. */
function withoutCode(markdown: string): string {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const opening = /^(`{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (line.trim() === fence) fence = undefined;
    } else if (opening !== undefined && !line.slice(opening.length).includes('`')) fence = opening;
    else outside.push(line.replaceAll(/<code>[^<]*<\/code>/g, '').replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, ''));
  }
  return outside.join('\n');
}
