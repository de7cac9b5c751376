import { isIP } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatProblem } from '../../../src/review/schema/scalar-formats.ts';

describe('a value of the format', () => {
  test.each<readonly [string, string | number]>([
    ...['100m', '1', '1.5', '.5', '1.', '128Mi', '1Gi', '2k', '1E', '1e3', '1E-3', '+1', '-1', '5n', '5u'].map(
      (text) => ['quantity', text] as const,
    ),
    ['quantity', 1.5],
    ['amount', '0'],
    ['resource-name', 'hugepages-2Mi'],
    ['resource-name', 'example.org/gpu'],
    ['port', 'http'],
    ['port', 65535],
    ['port-name', 'web-2'],
    ['count-or-percent', '100%'],
    ['count-or-percent', 0],
    ['dns-label', '0-a'],
    ['env-name', 'my.VAR-1'],
    ['config-key', '.hidden'],
    ['config-key', 'a..b'],
    ['cidr', '2001:db8::/32'],
    ['cidr', '0.0.0.0/0'],
    ['ip', '::1'],
    ['byte', ''],
    ['byte', 'aGVsbG8='],
    ['byte', 'aGVs\nbG8='],
    ['date-time', '2026-01-31T12:00:00.123+01:00'],
    ['duration', '1h30m0.5s'],
    ['duration', '0'],
    ['int32', -1],
    ['a format that nobody knows', '???'],
  ])('passes: %s %s', (format, value) => {
    expect(formatProblem(format, value)).toBeUndefined();
  });
});

describe('another value', () => {
  test.each<readonly [string, string | number, string]>([
    ['quantity', '1 Gi', 'must be a quantity; write "1Gi"'],
    ['quantity', '512kb', 'must be a quantity; write "512k" or "512Ki"'],
    ['quantity', '1.5GiB', 'must be a quantity; write "1.5Gi"'],
    ['quantity', 'much', 'must be a quantity; write it like "500m" or "256Mi"'],
    ['amount', '-1', 'must not be negative'],
    ['resource-name', 'mem', 'is no resource; write cpu, memory, ephemeral-storage, or a name with a domain'],
    ['port', 0, 'must be a port from 1 to 65535, or a port name'],
    ['port', '8080', 'must be a port number or a port name; write 8080 without quotes'],
    [
      'port-name',
      'Web',
      'must be a port name: up to 15 lower-case letters, digits and single dashes, with at least one letter',
    ],
    [
      'port-name',
      'a-name-that-is-too-long',
      'must be a port name: up to 15 lower-case letters, digits and single dashes, with at least one letter',
    ],
    ['count-or-percent', '25', 'must be a number or a percentage such as "25%"'],
    ['count-or-percent', -1, 'must be at least 0'],
    [
      'dns-label',
      'a.b',
      'must be up to 63 lower-case letters, digits and dashes, with a letter or digit first and last',
    ],
    ['env-name', 'A=B', 'must be one or more printable ASCII characters without "="'],
    ['config-key', '..', 'must be a key of letters, digits, dashes, dots and underscores'],
    ['cidr', '10.0.0.0/33', 'must be an address range such as "10.0.0.0/8"'],
    ['cidr', '2001:db8::/129', 'must be an address range such as "10.0.0.0/8"'],
    ['ip', '10.0.0', 'must be an IP address'],
    ['ip', '1::2::3', 'must be an IP address'],
    ['ip', 'fe80::1%eth0', 'must be an IP address'],
    ['byte', 'plain text', 'must be base64'],
    ['date-time', '2026-13-31T12:00:00Z', 'must be a time such as "2026-01-31T12:00:00Z"'],
    ['date-time', 'tomorrow', 'must be a time such as "2026-01-31T12:00:00Z"'],
    ['duration', '5 minutes', 'must be a duration such as "90s" or "1h30m"'],
    ['int32', 2 ** 31, 'must be at most 2147483647'],
    ['int64', -(2 ** 60), 'must be at least -9007199254740991'],
  ])('fails: %s %s', (format, value, problem) => {
    expect(formatProblem(format, value)).toBe(problem);
  });
});

test('an IP address is what Node.js takes for one, whatever it is made of', () => {
  const almost = fc.array(fc.constantFrom(':', '::', '.', '0', '1', '25', '255', 'ff', 'g', ' '), { maxLength: 12 });

  fc.assert(
    fc.property(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6(),
        fc.string(),
        almost.map((parts) => parts.join('')),
      ),
      (text) => {
        fc.pre(!text.includes('%'));

        expect(formatProblem('ip', text) === undefined).toBe(isIP(text) !== 0);
      },
    ),
    { numRuns: 500 },
  );
});
