import { describe, expect, test } from '@jest/globals';
import { schemaPath } from '../../../src/review/schema/schema-path.ts';
import { validateObject } from '../../../src/review/schema/validate-object.ts';
import { catalog } from './change-object.ts';
import { application, ingressRoute, networkPolicy, service } from './valid-objects.ts';
import { cronJob, deployment, statefulSet } from './valid-workloads.ts';
import fc from '../../support/properties.ts';

const kubernetes = { oldest: '1.36', newest: '1.36' } as const;

type Step = string | number;

/** Every field of the object that its schema names, rather than a key of a map. */
function fieldsOf(value: unknown, at: readonly Step[] = []): readonly (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const isMap = ['annotations', 'labels', 'matchLabels', 'selector', 'limits', 'requests'].includes(String(at.at(-1)));
  const isOpenMap = isMap && !('matchLabels' in value || 'matchExpressions' in value);
  return Object.entries(value).flatMap(([key, child]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    const below = fieldsOf(child, [...at, step]);
    return Array.isArray(value) || isOpenMap ? below : [[...at, step], ...below];
  });
}

function parentOf(object: unknown, path: readonly Step[]): Record<string, unknown> {
  return path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<Step, unknown>)[step], object) as Record<
    string,
    unknown
  >;
}

const fields = [deployment, statefulSet, cronJob, service, ingressRoute, application, networkPolicy].flatMap((object) =>
  fieldsOf(object)
    .filter(([top]) => top !== 'apiVersion' && top !== 'kind')
    .map((path) => ({ object, path })),
);

describe('an object with one field spoilt', () => {
  test('fails at the new name when any field is renamed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.stringMatching(/^[a-z]{1,3}$/), ({ object, path }, suffix) => {
        const copy = structuredClone(object);
        const parent = parentOf(copy, path);
        const name = String(path.at(-1));
        const renamed = `${name}${suffix}X`;
        parent[renamed] = parent[name];
        Reflect.deleteProperty(parent, name);

        const found = validateObject(copy, { catalog, kubernetes });

        expect(
          found.some(({ field, message }) => field.endsWith(renamed) && message.startsWith('unknown field; ')),
        ).toBe(true);
      }),
    );
  });

  test('fails, or is valid, but never throws, when any field holds anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), ({ object, path }, value) => {
        const copy = structuredClone(object);
        parentOf(copy, path)[String(path.at(-1))] = value;

        const found = validateObject(copy, { catalog, kubernetes });

        expect(
          found.every(({ field, message }) => field !== '' && /^[a-z]/.test(message) && !message.endsWith('.')),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('fails nowhere but around a field that is dropped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fields), ({ object, path }) => {
        const copy = structuredClone(object);
        Reflect.deleteProperty(parentOf(copy, path), String(path.at(-1)));

        const found = validateObject(copy, { catalog, kubernetes });

        // Two ports of one number differ by their protocol, so that dropping it is found at the other one.
        const around = schemaPath(path.slice(0, path.at(-1) === 'protocol' ? -2 : -1));
        expect(found.filter(({ field }) => !field.startsWith(around))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    'containerPort',
    'destination',
    'image',
    'match',
    'mountPath',
    'repoURL',
    'schedule',
    'selector',
    'template',
    'topologyKey',
  ])('fails when %s is dropped, wherever it is needed', (name) => {
    // A Service may do without a selector, and so may the template of a claim.
    const needed = fields.filter(({ object, path }) => path.at(-1) === name && object !== service);

    expect(needed.length).toBeGreaterThan(0);
    for (const { object, path } of needed) {
      const copy = structuredClone(object);
      Reflect.deleteProperty(parentOf(copy, path), name);
      const found = validateObject(copy, { catalog, kubernetes });
      expect(found.map(({ field, message }) => `${field}: ${message}`)).toEqual([
        expect.stringMatching(/: is missing; write a(n object| string|n integer)$/),
      ]);
      expect(found.map(({ field }) => field)).toEqual([schemaPath(path)]);
    }
  });
});
