import { describe, expect, test } from '@jest/globals';
import type { MovableField } from '../../../src/objects/files/movable-field.ts';
import { movedRelease, versionSaid } from '../../../src/ops/foreign/moved-release.ts';
import { partsOf, saysTheSame } from '../../../src/ops/release/field-values.ts';
import fc from '../../support/properties.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const image: MovableField = { kind: 'image', artifact: 'orders', repository: 'acme/orders' };
const marker: MovableField = {
  kind: 'marker',
  artifact: 'orders',
  marker: '{"policy": "flux:orders"}',
  carries: 'tag',
};
const value = (carries: 'tag' | 'digest' | 'reference', ...path: (string | number)[]): MovableField => ({
  kind: 'value',
  artifact: 'orders',
  path,
  carries,
});
const before = { shop: { images: { orders: { repository: 'acme/orders', tag: 'v1', digest } }, gitTag: 'v1' } };
const said = (field: MovableField, text: string) => ({ field, value: text });

describe('the movable fields of a file', () => {
  test.each([
    ['an image line', image, 'a: 1\nimage: acme/orders:v1\n', 'a: 1\nimage: \n', ['acme/orders:v1']],
    ['an image line in quotes', image, '- image: "acme/orders:v1"\n', '- image: \n', ['acme/orders:v1']],
    [
      'a number that is a version',
      value('tag', 'dependencies', 0, 'version'),
      'dependencies:\n  - version: 1.10 # kept\n',
      'dependencies:\n  - version:  # kept\n',
      ['1.10'],
    ],
    ['a value in JSON', value('tag', 'tag'), '{"tag": "v1", "n": 1}\n', '{"tag": , "n": 1}\n', ['v1']],
    [
      'a line with a comment',
      marker,
      'tag: v1 # {"policy": "flux:orders"}\nelse: v1 # other\n',
      'tag:  # {"policy": "flux:orders"}\nelse: v1 # other\n',
      ['v1'],
    ],
  ])('are %s and its value, and nothing around it', (_what, field, text, outside, values) => {
    const parts = partsOf(text, [field]);

    expect(parts.outside).toBe(outside);
    expect(parts.values.map((one) => one.value)).toEqual(values);
    expect(parts.missing).toEqual([]);
  });

  test('fail to be found where there is no such line, the value is a mapping or runs on, or the file is no YAML', () => {
    for (const text of ['a: 1\n', 'tag: {a: 1}\n', 'tag: |\n  v1\n  v2\n', 'tag: [\n', 'tag: !!int 1\n', ''])
      expect(partsOf(text, [value('tag', 'tag')])).toEqual({
        outside: text,
        values: [],
        missing: [value('tag', 'tag')],
      });
    expect(partsOf('image: evil/orders:v1\n', [image]).missing).toEqual([image]);
  });

  test('are one where two kinds name the same line', () => {
    const marked: MovableField = { ...marker, carries: 'reference' };

    expect(
      partsOf('image: acme/orders:v1 # {"policy": "flux:orders"}\n', [marked, value('reference', 'image')]).outside,
    ).toBe('image:  # {"policy": "flux:orders"}\n');
  });

  test('whatever they hold, the rest of the file is the rest of the file', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][\w.]{0,20}$/), fc.stringMatching(/^[ -~]{0,30}$/), (tag, rest) => {
        const text = (version: string): string => `# ${rest}\ntag: "${version}"\nnote: ${JSON.stringify(rest)}\n`;
        const fields = [value('tag', 'tag')];

        expect(partsOf(text(tag), fields).outside).toBe(partsOf(text('v0'), fields).outside);
        expect(saysTheSame(text(tag), text(tag).replace(`"${tag}"`, `'${tag}'`), fields)).toBe(true);
        expect(saysTheSame(text(tag), `${text(tag)}#`, fields)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a release that is read from fields', () => {
  test('is what all of them say together, and its commit and tag are not those of the release before', () => {
    const fields = { 'a.yaml': [image], 'b.yaml': [value('tag', 'tag')] };
    const texts = new Map([
      ['a.yaml', 'image: acme/orders:v2\n'],
      ['b.yaml', 'tag: v2\n'],
    ]);

    expect(movedRelease(before, fields, texts)).toEqual({
      shop: { images: { orders: { repository: 'acme/orders', tag: 'v2' } } },
    });
  });

  test('fails to be another where they disagree, one is gone, or none is left', () => {
    const fields = { 'a.yaml': [image], 'b.yaml': [value('tag', 'tag')] };
    const two = 'image: acme/orders:v2\n';

    for (const texts of [
      new Map([
        ['a.yaml', two],
        ['b.yaml', 'tag: v1\n'],
      ]),
      new Map([['a.yaml', two]]),
      new Map([
        ['a.yaml', two],
        ['b.yaml', 'label: v2\n'],
      ]),
      new Map<string, string>(),
    ])
      expect(movedRelease(before, fields, texts)['shop']).toBe(before.shop);
  });

  test.each([
    ['a reference with a digest', [said(image, `acme/orders:v2@${digest}`)], { tag: 'v2', digest }],
    [
      'a tag and a digest apart',
      [said(value('tag', 'a'), 'v2'), said(value('digest', 'b'), digest)],
      { tag: 'v2', digest },
    ],
    ['a digest alone, of the tag before', [said(value('digest', 'b'), digest)], { tag: 'v1', digest }],
    ['the tag that it has, so that the digest stays', [said(value('tag', 'a'), 'v1')], { tag: 'v1', digest }],
    ['another tag, so that nobody knows the digest', [said(value('tag', 'a'), 'v2')], { tag: 'v2' }],
  ])('takes %s', (_what, values, expected) => {
    expect(versionSaid(before.shop.images.orders, values)).toEqual({ repository: 'acme/orders', ...expected });
  });

  test.each([
    ['a tag that no registry takes', [said(value('tag', 'a'), 'no!tag')]],
    ['a digest of another kind', [said(value('digest', 'a'), 'sha256:1')]],
    ['a reference of another repository', [said(value('reference', 'a'), 'evil/orders:v2')]],
    ['a reference without a tag', [said(value('reference', 'a'), 'acme/orders')]],
    ['two tags', [said(value('tag', 'a'), 'v2'), said(value('tag', 'b'), 'v3')]],
    ['one digest beside none', [said(image, 'acme/orders:v2'), said(value('digest', 'b'), digest)]],
  ])('fails to take %s', (_what, values) => {
    expect(versionSaid(before.shop.images.orders, values)).toBeUndefined();
  });
});
