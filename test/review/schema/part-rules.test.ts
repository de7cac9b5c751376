import { describe, expect, test } from '@jest/globals';
import { withFieldRules } from '../../../scripts/part-rules.ts';

const nothing = { enum: [null, ''] };
const no = { enum: [false, null] };
const text = { minLength: 1 };
const rulesOf = (schema: Readonly<Record<string, unknown>>) => {
  const { properties: _, ...rules } = withFieldRules(schema, 'made-up');
  return rules;
};

describe('what fields of a part ask of each other', () => {
  test('is exactly one where each alternative needs one', () => {
    expect(rulesOf({ oneOf: [{ required: ['path'] }, { required: ['paths'] }] })).toEqual({
      'x-exactly-one': ['path', 'paths'],
    });
  });

  test('is at most one where there may be none', () => {
    const oneOf = [
      { properties: { branch: nothing, tag: nothing } },
      { required: ['branch'], properties: { branch: text, tag: nothing } },
      { required: ['tag'], properties: { branch: nothing, tag: text } },
    ];

    expect(rulesOf({ oneOf })).toEqual({ 'x-at-most-one': ['branch', 'tag'] });
  });

  test('is a rule of its own for a switch, which says nothing where it is off', () => {
    const properties = { made: { type: 'boolean' }, force: { type: 'boolean' }, tag: { type: 'string' } };
    const oneOf = [
      { properties: { made: { const: true }, tag: nothing }, required: ['made'] },
      { properties: { made: no, tag: text, force: no }, required: ['tag'] },
      { properties: { made: no, tag: nothing } },
    ];

    expect(rulesOf({ properties, oneOf })).toEqual({
      'x-field-rules': [
        { field: 'made', values: [true], refuses: 'tag' },
        { field: 'force', values: [true], refuses: 'tag' },
      ],
    });
  });

  test('is what a switch needs, where it must be off without it', () => {
    const properties = { update: { type: 'boolean' }, revision: { type: 'string' } };
    const oneOf = [
      { properties: { revision: nothing, update: no } },
      { required: ['revision'], properties: { revision: text } },
    ];

    expect(rulesOf({ properties, oneOf })).toEqual({
      'x-field-rules': [{ field: 'update', values: [true], needs: 'revision' }],
    });
  });

  test('is at least one of anyOf, and once each of a list', () => {
    expect(rulesOf({ uniqueItems: true, anyOf: [{ required: ['labels'] }, { required: ['expressions'] }] })).toEqual({
      'x-kubernetes-list-type': 'set',
      'x-at-least-one': ['labels', 'expressions'],
    });
  });

  test.each([
    ['that says more', [{ required: ['a'], minProperties: 2 }], /made-up: .*not understood/],
    ['of a word', [{ required: ['a'], properties: { b: { enum: ['c'] } } }], /made-up\.b: .*not understood/],
    ['of two fields', [{ required: ['a', 'b'] }], /must need one field/],
  ])('fails for an alternative %s, so that nothing is left out without a word', (_what, oneOf, said) => {
    expect(() => withFieldRules({ oneOf }, 'made-up')).toThrow(said);
  });
});
