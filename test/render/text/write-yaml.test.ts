import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { parse } from 'yaml';
import { writeYaml, type Json } from '../../../src/render/text/write-yaml.ts';
import fc from '../../support/properties.ts';

/** Every reader that might meet our files: YAML 1.1, YAML 1.2, and one that is a mixture. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'YAML 1.1': (text) => parse(text, { version: '1.1', maxAliasCount: 0 }) as unknown,
  'YAML 1.2': (text) => parse(text, { version: '1.2', maxAliasCount: 0 }) as unknown,
  'js-yaml': (text) => load(text),
};

function expectSame(value: Json): void {
  const text = writeYaml(value);
  for (const [name, read] of Object.entries(readers)) expect({ name, value: read(text) }).toEqual({ name, value });
}

describe('writeYaml', () => {
  test('writes an object as kubectl would', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'List',
      metadata: { labels: { 'app.kubernetes.io/name': 'orders' }, annotations: {} },
      items: [{ name: 'a', ports: [80, 443] }, [['nested'], []], 'plain', true, null, 1.5],
      empty: [],
    };

    expect(writeYaml(object)).toBe(`apiVersion: v1
kind: List
metadata:
  labels:
    app.kubernetes.io/name: orders
  annotations: {}
items:
- name: a
  ports:
  - 80
  - 443
- - - nested
  - []
- plain
- true
- null
- 1.5
empty: []
`);
  });

  test('puts a comment behind a value on one line, of a mapping in a list too, and behind no block', () => {
    const commentOf = (key: string, value: Json): string | undefined =>
      key === 'image' ? `{"marks": ${JSON.stringify(value)}}` : undefined;

    expect(
      writeYaml(
        {
          containers: [{ image: 'acme/orders:v1' }, { name: 'a', image: '1.10' }],
          image: 'two\nlines\n',
          text: 'image: x',
        },
        commentOf,
      ),
    ).toBe(`containers:
- image: acme/orders:v1 # {"marks": "acme/orders:v1"}
- name: a
  image: "1.10" # {"marks": "1.10"}
image: |
  two
  lines
text: "image: x"
`);
  });

  test('quotes what a reader of YAML 1.1 or 1.2 would take for something else', () => {
    const risky = [
      'yes',
      'No',
      'on',
      'y',
      'NULL',
      '~',
      'true',
      '1_000',
      '12:30:45',
      '0o7',
      '0777',
      '0x1f',
      '1e3',
      '.5',
      '.inf',
      '-1',
      '-.nan',
      '2001-01-01',
      '=',
      '<<',
      '',
      '5432',
      '0.5m',
    ];

    const text = writeYaml(risky);

    expect(text.split('\n').slice(0, -1)).toEqual(risky.map((value) => `- "${value}"`));
    expectSame(risky);
  });

  test('leaves what nobody can mistake as it is', () => {
    const safe = [
      '/healthz',
      'acme/orders:v1.2.3',
      '250m',
      '256Mi',
      'Prune=false,Delete=false',
      'http://orders:80/a?b=c',
      '--host=127.0.0.1',
      '-c',
      "it's",
      'a b',
      'PathPrefix(`/dev/`)',
      'yes-men',
    ];

    expect(writeYaml(safe)).toBe(safe.map((value) => `- ${value}\n`).join(''));
    expectSame(safe);
  });

  test('writes text of several lines as a block that keeps every line as it is', () => {
    const script = '#!/bin/sh\n\tset -eu\n\n  echo "a: b # c"   \n---\n';

    expect(writeYaml({ script, open: 'a\nb', wide: 'a\n\n', last: 1 })).toBe(`script: |
  #!/bin/sh
  \tset -eu

    echo "a: b # c"${'   '}
  ---
open: |-
  a
  b
wide: |+
  a

last: 1
`);
    expectSame({ script, open: 'a\nb', wide: 'a\n\n', last: 1 });
    expectSame([{ inside: ['x\ny\n'] }, 'a\n\n']);
  });

  test('quotes text that a block cannot hold', () => {
    const hard = [
      ' leading\nspace',
      '\nleading line',
      'windows\r\nline',
      'bell\u0007\n',
      'next\u0085line\n',
      'a\u2028b\n',
      '\ufeffmark',
    ];

    for (const value of hard) expect(writeYaml([value])).toMatch(/^- "/);
    expectSame(hard);
  });

  test('writes numbers so that both readers see a number', () => {
    const numbers = [0, -1, 1.25, 1e21, 1e-7, 1.5e-10, Number.MAX_SAFE_INTEGER];

    expectSame(numbers);
  });

  test('says the same to every reader, whatever it says', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.stringMatching(/^[-+0-9._:eExXoObB]{1,8}$/),
      fc.stringMatching(/^[ \t\n#:|>'"a&*!%@`,[\]{}?-]{1,12}$/),
    );
    const scalar = fc.oneof(
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    );
    const key = text.filter((name) => name !== '__proto__');
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));

    fc.assert(
      fc.property(tree, (value) => {
        expectSame(value);
      }),
      { numRuns: 500 },
    );
  });

  test('ends with one line feed', () => {
    expect([writeYaml({ a: 'x\n\n' }), writeYaml([]), writeYaml('a')].map((text) => text.endsWith('\n'))).toEqual([
      true,
      true,
      true,
    ]);
  });
});
