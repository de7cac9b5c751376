import { describe, expect, test } from '@jest/globals';
import { orderKeys } from '../../../src/render/text/order-keys.ts';
import fc from '../../support/properties.ts';

/** The value with the keys of every object turned around. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}

describe('orderKeys', () => {
  test('puts what an object is first and the rest in the order of the alphabet', () => {
    const object = {
      spec: { b: 1, a: 2, name: 'x' },
      metadata: { labels: {}, namespace: 'dev', name: 'a' },
      kind: 'A',
      data: {},
      apiVersion: 'v1',
    };

    expect(JSON.stringify(orderKeys(object))).toBe(
      '{"apiVersion":"v1","kind":"A","metadata":{"name":"a","namespace":"dev","labels":{}},"data":{},"spec":{"name":"x","a":2,"b":1}}',
    );
  });

  test('leaves lists as they are', () => {
    expect(orderKeys(['b', 'a', { name: 1 }])).toEqual(['b', 'a', { name: 1 }]);
  });

  test('loses no key, whatever it is called', () => {
    const value: unknown = JSON.parse('{"__proto__":{"b":1,"a":2},"constructor":3}');

    expect(JSON.stringify(orderKeys(value))).toBe('{"__proto__":{"a":2,"b":1},"constructor":3}');
  });

  test('gives the same text whatever the order was, and changes no value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(orderKeys(turned(value)))).toBe(JSON.stringify(orderKeys(value)));
        expect(orderKeys(value)).toEqual(value);
      }),
    );
  });

  test('follows the code units, not the language of a machine', () => {
    expect(Object.keys(orderKeys({ ä: 1, z: 1, Z: 1, a: 1 }))).toEqual(['Z', 'a', 'z', 'ä']);
  });
});
