import { isIP } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { blockOf, blockProblem, isAddress } from '../../../src/model/network/cidr.ts';
import fc from '../../support/properties.ts';

describe('a block of addresses', () => {
  test.each([
    '10.20.0.0/16',
    '192.0.2.7/32',
    '172.16.0.0/12',
    'fd00:20::/32',
    '::1/128',
    '2001:db8:0:1::/64',
    '128.0.0.0/1',
  ])('passes: %s', (block) => {
    expect(blockProblem(block)).toBeUndefined();
  });

  test.each([
    ['10.20.3.4/16', 'must begin where the block does: what follows the first 16 bits is 0'],
    ['fd00::1/64', 'must begin where the block does: what follows the first 64 bits is 0'],
    ['10.20.3.4', 'must be a block of addresses, e.g. "10.20.0.0/16"; for this one alone write "10.20.3.4/32"'],
    ['0.0.0.0/0', 'must not be every address; for the public internet write { kind: "internet", … }'],
    ['::/0', 'must not be every address; for the public internet write { kind: "internet", … }'],
    ...[
      '10.20.0.0/33',
      '10.20.0/16',
      '010.0.0.0/8',
      '256.0.0.0/8',
      'db.example/32',
      'FD00::/8',
      'fd00::/129',
      '1::2::/32',
      '',
    ].map((block) => [block, 'must be a block of addresses, e.g. "10.20.0.0/16"'] as const),
  ])('fails for %j', (block, message) => {
    expect(blockProblem(block)).toBe(message);
  });
});

test('an address is what the machine takes for one, and its own block holds it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.]{0,12}$/)), (text) => {
      const plain = !text.includes('.') || !text.includes(':');
      if (plain) expect(isAddress(text)).toBe(isIP(text) !== 0);
      if (isAddress(text) && !/^[0:]+$|^0\.0\.0\.0$/.test(text)) expect(blockProblem(blockOf(text))).toBeUndefined();
    }),
  );
});
