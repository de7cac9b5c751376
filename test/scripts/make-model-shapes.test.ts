import { describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { modelShapes, shapesFile } from '../../scripts/make-model-shapes.ts';
import { temporaryFolder } from '../support/git.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** What is made from one file of types. */
function madeFrom(types: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'tsconfig.json'), readFileSync(join(root, 'tsconfig.json')));
  writeFileSync(join(folder, 'system.ts'), types);
  return modelShapes(folder, { file: 'system.ts', type: 'System' });
}

describe('the shapes of the model', () => {
  test('are those that its types have now; if not: npm run shapes', () => {
    expect(readFileSync(join(root, shapesFile), 'utf8')).toBe(modelShapes(root));
  });

  test('say of every key whether it may be left out, and of every type what it takes', () => {
    const made = madeFrom(`
      type Kind = { readonly kind: 'b'; readonly b: boolean } | { readonly kind: 'a' } | string;
      interface Part extends Named { readonly kinds?: readonly Kind[]; readonly [other: string]: unknown }
      interface Named { readonly name: string }
      export interface System { readonly parts: Readonly<Record<string, Part>>; readonly count?: number; readonly word: 'y' | 'x'; readonly make?: (of: Kind) => void }`);

    expect(made.split('\n').filter((line) => line.startsWith('  '))).toEqual([
      '  Kind: {"anyOf":["text",{"fields":{"kind":{"words":["a"]}}},{"fields":{"kind":{"words":["b"]},"b":"boolean"}}]},',
      '  Part: {"fields":{"kinds?":{"list":"#Kind"},"name":"text"},"rest":"data"},',
      '  System: {"fields":{"parts":{"map":"#Part"},"count?":"number","word":{"words":["x","y"]},"make?":"function"}},',
    ]);
  });

  test('fails for a type that no data can be checked against', () => {
    expect(() => madeFrom('export interface System { readonly run: bigint }')).toThrow(
      'System.run: has a type that no data can be checked against: bigint',
    );
  });
});
