import { describe, expect, test } from '@jest/globals';
import {
  checkSettings,
  fromEnvironment,
  setting,
} from '../../../../src/databases/postgresql/scripts/script-settings.ts';

describe('checkSettings', () => {
  test('accepts what scripts need', () => {
    expect(() => {
      checkSettings('the script', [
        { path: 'host', is: 'host', value: 'dev-orders-db-svc.dev.svc' },
        { path: 'host', is: 'host', value: '/run/postgresql' },
        { path: 'user', is: 'user', value: 'orders_user' },
        { path: 'database', is: 'database', value: 'orders-dev' },
        { path: 'directory', is: 'directory', value: '/var/backups' },
        { path: 'filePrefix', is: 'filePrefix', value: 'backup-full-' },
        { path: 'expectTables[0]', is: 'table', value: 'orders' },
        { path: 'expectTables[1]', is: 'table', value: 'sales.orders' },
        { path: 'keepDays', is: 'wholeNumber', most: 10, value: 10 },
      ]);
    }).not.toThrow();
  });

  test('fails with all problems at once', () => {
    expect(() => {
      checkSettings('the script', [
        { path: 'host', is: 'host', value: 'two hosts' },
        { path: 'user', is: 'user', value: '' },
        { path: 'database', is: 'database', value: 'x'.repeat(44) },
        { path: 'directory', is: 'directory', value: 'backups' },
        { path: 'filePrefix', is: 'filePrefix', value: '*' },
        { path: 'expectTables[0]', is: 'table', value: 'a.b.c' },
        { path: 'keepDays', is: 'wholeNumber', most: 10, value: 0.5 },
      ]);
    }).toThrow(
      [
        'portolan: the script is not valid (7 problems)',
        '  host: must be a host name, an address or the folder of a socket, e.g. "orders-db-svc", got "two hosts"',
        '  user: must be a role name of letters, digits, "_", "." and "-", e.g. "orders", got ""',
        `  database: must be at most 43 letters, digits, "_", "." and "-", e.g. "orders", got "${'x'.repeat(44)}"`,
        '  directory: must be an absolute path of letters, digits, ".", "_" and "-", e.g. "/backups", got "backups"',
        '  filePrefix: must be the beginning of a file name, e.g. "backup-full-", got "*"',
        '  expectTables[0]: must be a table, with its schema or without, e.g. "orders", got "a.b.c"',
        '  keepDays: must be a whole number from 1 to 10, got 0.5',
      ].join('\n'),
    );
  });

  test.each([0, -1, 11, 1.5, Number.NaN])('fails with %d where a number from 1 to 10 is needed', (value) => {
    expect(() => {
      checkSettings('the script', [{ path: 'keepDays', is: 'wholeNumber', most: 10, value }]);
    }).toThrow('keepDays: must be a whole number from 1 to 10');
  });
});

describe('setting a shell variable', () => {
  test('quotes the value, whatever is in it', () => {
    expect(setting('prefix', `it's "$HOME" \`id\``)).toBe(`prefix='it'\\''s "$HOME" \`id\`'`);
  });

  test('lets the environment win where that is wanted', () => {
    expect(fromEnvironment('PGPORT', 5432)).toBe(`PGPORT=\${PGPORT:-'5432'}`);
  });
});
