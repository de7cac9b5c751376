import { describe, expect, test } from '@jest/globals';
import { faultsOf, withFault } from '../../../scripts/mutation/fault.ts';

/** What a line of code may become, each with the name of what was done. */
const faultsIn = (code: string): readonly string[] =>
  faultsOf('src/a.ts', code).map((fault) => `${fault.kind}: ${withFault(code, fault)}`);

describe('faults', () => {
  test.each([
    ['if (a) b = 1;', ['the condition is negated: if (!(a)) b = 1;']],
    ['const x = a ? b : c;', ['the condition is negated: const x = !(a) ? b : c;']],
    ['const x = a && b;', ['the right half is gone: const x = a;', 'the left half is gone: const x = b;']],
    ['const x = a || b;', ['the right half is gone: const x = a;', 'the left half is gone: const x = b;']],
    ['const x = !a;', ['a negation is gone: const x = a;']],
    ['const x = a ?? b;', ['what stands in is gone: const x = a;']],
    ['const x = a < b;', ['< is <=: const x = a <= b;']],
    ['const x = a <= b;', ['<= is <: const x = a < b;']],
    ['const x = a > b;', ['> is >=: const x = a >= b;']],
    ['const x = a >= b;', ['>= is >: const x = a > b;']],
    ['const x = a === b;', ['=== is !==: const x = a !== b;']],
    ['const x = a !== b;', ['!== is ===: const x = a === b;']],
    ['const x = i + 1;', ['+ is -: const x = i - 1;']],
    ['const x = i - 1;', ['- is +: const x = i + 1;']],
    ['const x = true;', ['true is false: const x = false;']],
    ['const x = false;', ['false is true: const x = true;']],
    ['const x = [a, ...b];', ['an element is gone: const x = [ ...b];', 'an element is gone: const x = [a, ];']],
    ['const x = { a, ...b };', ['an element is gone: const x = {  ...b };', 'an element is gone: const x = { a,  };']],
    ['await f(a);', ['a call is gone: ;']],
    ['const x = a.some(f);', ['.some is .every: const x = a.every(f);']],
    ['const x = a.every(f);', ['.every is .some: const x = a.some(f);']],
    [
      'const x = a.filter(f).sort();',
      ['.sort is gone: const x = a.filter(f);', '.filter is gone: const x = a.sort();'],
    ],
    ['const x = a[0];', ['the last for the first: const x = a.at(-1);']],
    ['const x = a.at(-1);', ['the first for the last: const x = a.at(0);']],
    ['const f = () => { a = 1; b = 2; };', ['returns at once: const f = () => { return; a = 1; b = 2; };']],
    ['for (const a of b) { continue; }', ['goes on instead: for (const a of b) { ; }']],
  ])('of %s', (code, expected) => {
    expect(faultsIn(code)).toEqual(expected);
  });

  test('leave out texts, types and imports', () => {
    const code = [
      "import { a } from 'b';",
      'type A = { readonly [Key in keyof B]?: true };',
      'interface C { readonly d: false }',
      "const x = 'a && b';",
      'const y = `c ${d}`;',
      "const z = ['e', `f`];",
      "const t = 'a' + b;",
    ].join('\n');

    expect(faultsIn(code)).toEqual([]);
  });

  test('leave out the ties of an order, which nobody could see', () => {
    expect(faultsIn('x.sort((a, b) => (a < b ? -1 : 1));')).toEqual([
      'a call is gone: ;',
      '.sort is gone: x;',
      'the condition is negated: x.sort((a, b) => (!(a < b) ? -1 : 1));',
    ]);
  });

  test('say where they are, counted from 1, and what changes, on one line', () => {
    const code = 'const a = 1;\n\nconst b =\n  a >\n  2;\n';

    expect(faultsOf('src/a.ts', code)).toMatchObject([{ file: 'src/a.ts', line: 4, change: 'a > 2 → a >= 2' }]);
  });
});
