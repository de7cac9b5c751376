import { describe, expect, test } from '@jest/globals';
import { readStackYaml } from '../../../src/model/formats/stack-yaml.ts';
import fc from '../../support/properties.ts';

const refusal = (source: string): string => {
  try {
    readStackYaml('Pulumi.dev.yaml', source);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n');
  }
  return 'accepted';
};

const differs = 'is one value to this program and another to the Pulumi CLI; write it in quotes';

describe('a stack file, which two programs read', () => {
  test('may hold what both read alike', () => {
    const config = {
      'portolan:host': 'shop.example.com',
      'portolan:replicas': { orders: 2, payments: 0 },
      'portolan:size': '10Gi',
      'portolan:tag': 'v1.2.3',
      'portolan:ratio': 0.5,
      'portolan:on': true,
      'portolan:quoted': '0123456',
    };
    const source = `config:
  portolan:host: shop.example.com
  portolan:replicas: {orders: 2, payments: 0}
  portolan:size: 10Gi
  portolan:tag: v1.2.3
  portolan:ratio: 0.5
  portolan:on: true
  portolan:quoted: "0123456"
`;

    expect(readStackYaml('Pulumi.dev.yaml', source)).toEqual({ config });
  });

  test.each([
    '2026-01-05',
    '2026-1-5 10:00:00',
    '0123456',
    '1_000',
    '0b11',
    '0x1F',
    '0o17',
    '1e3',
    '1.50',
    '+5',
    '.5',
    '5.',
    '.inf',
    '.NaN',
    '12345678901234567890',
    '12:30:45',
    'yes',
    'No',
    'on',
    'OFF',
    'y',
  ])('fails for %s without quotes', (value) => {
    expect(refusal(`config:\n  portolan:tag: ${value}\n`)).toBe(`  Pulumi.dev.yaml:2:17: ${differs}: "${value}"`);
    expect(refusal(`config:\n  portolan:tag: "${value}"\n`)).toBe('accepted');
    expect(refusal(`config:\n  portolan:tag: '${value}'\n`)).toBe('accepted');
  });

  test('fails for keys and items of lists too, all at once', () => {
    expect(refusal('config:\n  portolan:replicas:\n    on: 1\n  portolan:list: [a, 0123]\n')).toBe(
      `  Pulumi.dev.yaml:3:5: ${differs}: "on"\n  Pulumi.dev.yaml:4:22: ${differs}: "0123"`,
    );
  });

  test('fails without showing what may be a secret', () => {
    expect(refusal('config:\n  portolan:secrets: {db: {PASSWORD: 0123456}}\n  github:token: 1_000\n')).toBe(
      `  Pulumi.dev.yaml:2:37: ${differs}\n  Pulumi.dev.yaml:3:17: ${differs}`,
    );
  });

  test('fails before that for what is no strict YAML', () => {
    expect(refusal('a: 1\na: 0123\n')).toBe(
      '  Pulumi.dev.yaml:2:1: this key stands here a second time; keep one of them',
    );
  });

  test('gives numbers back as they were written, or not at all', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '7', '.', '_', 'e', 'x', 'b', '-', ':'), minLength: 1 });

    fc.assert(
      fc.property(digits, (value) => {
        let read: unknown;
        try {
          read = readStackYaml('Pulumi.dev.yaml', `a: ${value}\n`);
        } catch {
          return;
        }
        if (JSON.stringify(read) !== '{"a":null}')
          expect(JSON.stringify(read).replaceAll('"', '')).toBe(`{a:${value}}`);
      }),
      { numRuns: 500 },
    );
  });
});
