import { describe, expect, test } from '@jest/globals';
import {
  restoreDrillScript,
  type RestoreDrillScriptProps,
} from '../../../../src/databases/postgresql/scripts/restore-drill-script.ts';

const given: RestoreDrillScriptProps = {
  user: 'orders',
  database: 'orders-dev',
  expectTables: ['orders'],
  maxAgeHours: 2,
};

describe('the text of the restore drill', () => {
  test('has the settings at its top, with the defaults', () => {
    expect(restoreDrillScript(given)).toContain(`
set -euo pipefail
umask 077

BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/backups'}
WORK_DIRECTORY=\${WORK_DIRECTORY:-'/work'}
directory=$BACKUP_DIRECTORY
work_directory=$WORK_DIRECTORY
prefix='backup-full-'
superuser='orders'
database='orders-dev'
max_age_hours='2'
`);
  });

  test('has every setting that it is given', () => {
    const all: Required<RestoreDrillScriptProps> = {
      user: 'other',
      database: 'sales',
      expectTables: ['Orders', 'audit.entries'],
      maxAgeHours: 26,
      checks: [{ says: "it's not empty", sql: "SELECT 'a' <> 'b'" }],
      directory: '/mnt/dumps',
      workDirectory: '/mnt/scratch',
      filePrefix: 'nightly-',
    };

    const text = restoreDrillScript(all);

    for (const line of [
      `BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/mnt/dumps'}`,
      `WORK_DIRECTORY=\${WORK_DIRECTORY:-'/mnt/scratch'}`,
      `prefix='nightly-'`,
      `superuser='other'`,
      `database='sales'`,
      `max_age_hours='26'`,
      `expect_table 'Orders' ''\\''"Orders"'\\''' '"Orders"'`,
      `expect_table 'audit.entries' ''\\''"audit"."entries"'\\''' '"audit"."entries"'`,
      `expect 'it'\\''s not empty' 'SELECT '\\''a'\\'' <> '\\''b'\\'''`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('starts a server that only its own container can reach', () => {
    expect(restoreDrillScript(given)).toContain(' --set=listen_addresses= --set=unix_socket_directories="$work" ');
  });

  test('fails with all settings that cannot work', () => {
    expect(() => restoreDrillScript({ ...given, expectTables: ['orders', 'drop table'], maxAgeHours: 0 })).toThrow(
      [
        'portolan: the restore drill script is not valid (2 problems)',
        '  expectTables[1]: must be a table, with its schema or without, e.g. "orders", got "drop table"',
        '  maxAgeHours: must be a whole number from 1 to 8784, got 0',
      ].join('\n'),
    );
  });
});
