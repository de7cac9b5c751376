import { describe, expect, test } from '@jest/globals';
import {
  imageReference,
  isImageRepository,
  isImageTag,
  isMovingTag,
} from '../../../src/model/formats/image-reference.ts';
import fc from '../../support/properties.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

/** Pieces of the grammar; joined they are what every runtime reads. */
const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 1, maxLength });
const word = letters('abz019', 4);
const pathPart = fc
  .array(fc.tuple(fc.constantFrom('.', '_', '__', '-', '---'), word), { maxLength: 2 })
  .chain((rest) => word.map((first) => first + rest.flat().join('')));
const host = fc.constantFrom('', 'localhost/', 'ghcr.io/', 'Registry.example.com:5000/', '[::1]:5000/', '10.0.0.1:1/');
const repository = fc
  .tuple(host, fc.array(pathPart, { minLength: 1, maxLength: 3 }))
  .map(([at, parts]) => at + parts.join('/'));
const tag = fc
  .tuple(letters('aZ0_', 1), fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '.', '-'), maxLength: 127 }))
  .map((parts) => parts.join(''));

describe('an image reference', () => {
  test('is taken apart into what it was put together from', () => {
    fc.assert(
      fc.property(repository, fc.option(tag), fc.option(fc.constant(digest)), (name, named, fixed) => {
        const text = `${name}${named === null ? '' : `:${named}`}${fixed === null ? '' : `@${fixed}`}`;

        expect(imageReference(text)).toEqual({
          repository: name,
          ...(named === null ? {} : { tag: named }),
          ...(fixed === null ? {} : { digest: fixed }),
        });
      }),
    );
  });

  test('fails for a separator too many anywhere', () => {
    const doubled = fc
      .tuple(pathPart, fc.constantFrom('//', '/', '/-', '..', '.-', '-/', '___', '/:', '._', '@'), fc.nat({ max: 1 }))
      .map(([part, separator, where]) => (where === 0 ? `acme${separator}/${part}:1` : `acme/${part}${separator}:1`));

    fc.assert(
      fc.property(doubled, (text) => {
        expect(imageReference(text)).toBeUndefined();
      }),
    );
  });

  test('fails for what no runtime takes', () => {
    for (const text of [
      '',
      'nginx//x:1',
      'acme/:1',
      'acme/orders-:1',
      'a..b:1',
      '/acme:1',
      'acme/Orders:1',
      'Acme/orders:1',
      'acme:5000/orders:',
      '-acme.io/orders:1',
      'acme.io:port/orders:1',
      'acme/orders:1.0.0+4',
      'acme/orders:.1',
      `acme/orders:${'1'.repeat(129)}`,
      `acme/orders@sha256:${'A'.repeat(64)}`,
      'acme/orders@sha256:12',
      `acme/orders@md5:${'0'.repeat(32)}`,
      `acme/orders@${digest}@${digest}`,
      `${'a'.repeat(64)}:1`,
      `acme/${'o'.repeat(251)}:1`,
      'acme/orders:1 ',
    ])
      expect([text, imageReference(text)]).toEqual([text, undefined]);
  });
});

test('a repository has neither tag nor digest', () => {
  expect(isImageRepository('localhost:5000/acme/orders')).toBe(true);
  for (const text of ['acme:5000', 'acme/orders:1', `acme/orders@${digest}`, 'acme.io:5000/', ''])
    expect([text, isImageRepository(text)]).toEqual([text, false]);
});

test('a tag has no build metadata', () => {
  expect(isImageTag('v1.2.3-rc.1')).toBe(true);
  expect(isImageTag('v1.2.3+4')).toBe(false);
});

test('a tag without a version of the program in it moves', () => {
  for (const moving of ['latest', 'edge', 'lts', 'alpine', 'alpine3.22', 'bookworm-slim', 'noble', 'mainline'])
    expect([moving, isMovingTag(moving)]).toEqual([moving, true]);
  for (const fixed of ['1', '7.4-alpine', 'v2', '18.1-trixie', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd', 'b10'])
    expect([fixed, isMovingTag(fixed)]).toEqual([fixed, false]);
});
