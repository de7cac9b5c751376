import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { sourceOptions } from '../../scripts/source-compiler.ts';
import { shortSourceOf, sourceOf } from '../../scripts/source-of.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { host, port, text } from '../../src/model/formats/text.ts';
import { shapeProblems } from '../../src/model/shape/shape-problems.ts';
import { everySystem } from '../model/five-systems/every-system.ts';

/** What the compiler says of programs, each of which is the source of a delivery. */
function saidOf(sources: readonly string[]): readonly string[] {
  const path = resolve('examples.ts');
  const program = [
    "import type { Delivery } from './src/model/delivery.ts';",
    "import { host, port, text, unprefixedHost } from './src/model/formats/text.ts';",
    ...sources.map((source, i) => `export const delivery${i}: Delivery = ${source};`),
    'export { host, port, text, unprefixedHost };',
  ].join('\n');
  const options = { ...sourceOptions, exactOptionalPropertyTypes: true };
  const compiler = ts.createCompilerHost(options);
  const read = compiler.getSourceFile.bind(compiler);
  compiler.getSourceFile = (file, target) =>
    file === path ? ts.createSourceFile(file, program, target, true) : read(file, target);
  return ts
    .createProgram([path], options, compiler)
    .getSemanticDiagnostics()
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the source of a delivery', () => {
  test('compiles with the types of the model, and has the shape that they have, for every delivery that examples are taken from', () => {
    expect(saidOf(everySystem().map((delivery) => sourceOf(delivery)))).toEqual([]);
    expect(everySystem().flatMap(shapeProblems)).toEqual([]);
  });

  test('fails to compile where a word is another', () => {
    const [first] = everySystem();
    const wrong = { ...first, actors: [{ name: 'alice', kind: 'person' }] } as unknown as Delivery;

    expect(saidOf([sourceOf(wrong)])).toEqual([
      'Type \'"person"\' is not assignable to type \'"user" | "team" | "app"\'.',
    ]);
  });

  test('is written as one writes it by hand', () => {
    const value = {
      name: "it's \\d",
      'a-b': [1, true],
      left: undefined,
      url: text`http://${host('a')}:${port('a', 'http')}/`,
    };

    expect(sourceOf(value)).toBe(
      "{ name: 'it\\'s \\\\d', 'a-b': [1, true], url: text`http://${host('a')}:${port('a', 'http')}/` }",
    );
  });
});

describe('a short source', () => {
  const orders = { name: 'orders', ports: [{ name: 'http', port: 80 }], probe: { action: { kind: 'tcp', port: 80 } } };

  test('is whole where it fits, and else less deep, with fewer fields, and at last cut', () => {
    expect([120, 85, 60, 30].map((most) => shortSourceOf(orders, most))).toEqual([
      "{ name: 'orders', ports: [{ name: 'http', port: 80 }], probe: { action: { kind: 'tcp', port: 80 } } }",
      "{ name: 'orders', ports: [{ name: 'http', port: 80 }], probe: { action: { … } } }",
      "{ name: 'orders', ports: [{ … }], probe: { … } }",
      "{ name: 'orders', … }",
    ]);
    expect(shortSourceOf([orders, orders], 48)).toBe("[{ name: 'orders', ports: [{ … }], … }, …]");
    expect(shortSourceOf('a'.repeat(50), 10)).toBe("'aaaaaaaa…");
  });
});
