import { describe, expect, test } from '@jest/globals';
import { evaluateExpression, fillIn, holds } from './evaluate-expression.ts';
import type { Value } from './value.ts';

const contexts: Readonly<Record<string, Value>> = {
  github: { ref_name: 'v1.2.0+build', event_name: 'push', event: { number: 7, labels: ['a', 'B'] } },
  needs: { build: { result: 'success', outputs: { 'todo-app': "it's" } } },
  inputs: { tag: '' },
};
const value = (source: string): Value => evaluateExpression(source, { contexts, status: 'success' });

describe('an expression', () => {
  test.each<readonly [string, Value]>([
    ["github.event_name == 'PUSH'", true],
    ["github['event_name'] != 'push'", false],
    ['needs.build.outputs.todo-app', "it's"],
    ['inputs.tag || github.ref_name', 'v1.2.0+build'],
    ["inputs.tag && 'given' || 'not given'", 'not given'],
    ["'it''s' == needs.build.outputs['todo-app']", true],
    ['!(1 < 2) || 0x10 >= 16 && -1.5e1 == -15', true],
    ["contains(github.event.labels, 'b') && contains('Hello', 'ELL')", true],
    ["startsWith(github.ref_name, 'V1') && endsWith(github.ref_name, 'build')", true],
    ["format('{0} of {{{1}}}', github.event.number, 'it')", '7 of {it}'],
    ['fromJSON(\'{"a": [1]}\').a[0]', 1],
    ["join(github.event.labels, '/')", 'a/B'],
    ['toJSON(github.event.labels)', '[\n  "a",\n  "B"\n]'],
    ["'' == 0 && null == '' && true == 1", true],
    ["'abc' == 0", false],
    ['success() && !failure() && always() && !cancelled()', true],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  test.each([
    ['secrets.KEY', 'secrets'],
    ['github.reff', 'reff'],
    ['needs.build.outputs.digest', 'digest'],
    ["hashFiles('**')", 'hashFiles'],
    ['github.event.*.name', '*'],
    ['github.event.number +', '+'],
    ['(1', 'its end'],
    ['1 2', '2'],
  ])('fails where GitHub would put nothing, or does not know it: %s', (source, named) => {
    expect(() => value(source)).toThrow(named);
  });

  test('is filled into a text where it stands, and nothing of what was filled in is an expression', () => {
    const sight = { contexts: { github: { title: '${{ secrets.KEY }}', sha: 'abc' } } };

    expect(fillIn("${{ github.sha }}-${{ '}}' }}-${{github.title}}", sight)).toBe('abc-}}-${{ secrets.KEY }}');
    expect(() => fillIn('${{ github.sha }', sight)).toThrow('does not close');
  });
});

describe('a condition', () => {
  test('holds only while things went well, unless it asks for that itself', () => {
    const after = (status: 'success' | 'failure') => ({ contexts, status });

    expect(holds(undefined, after('success'))).toBe(true);
    expect(holds(undefined, after('failure'))).toBe(false);
    expect(holds("github.event_name == 'push'", after('success'))).toBe(true);
    expect(holds("github.event_name == 'push'", after('failure'))).toBe(false);
    expect(holds("${{ always() && github.event_name == 'push' }}", after('failure'))).toBe(true);
    expect(holds('failure()', after('failure'))).toBe(true);
    expect(holds('!cancelled()', after('failure'))).toBe(true);
  });
});
