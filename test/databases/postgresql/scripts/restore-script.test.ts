import { describe, expect, test } from '@jest/globals';
import { restoreScript, type RestoreScriptProps } from '../../../../src/databases/postgresql/scripts/restore-script.ts';

const given: RestoreScriptProps = { host: 'dev-orders-db-svc', user: 'orders', database: 'orders-dev' };

describe('the text of the restore script', () => {
  test('has the settings at its top, and replaces nothing unless it is told', () => {
    expect(restoreScript(given)).toContain(`
set -euo pipefail
umask 077

PGHOST=\${PGHOST:-'dev-orders-db-svc'}
PGPORT=\${PGPORT:-'5432'}
PGUSER=\${PGUSER:-'orders'}
PGCONNECT_TIMEOUT=\${PGCONNECT_TIMEOUT:-'10'}
BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/backups'}
WORK_DIRECTORY=\${WORK_DIRECTORY:-'/work'}
RESTORE_FILE=\${RESTORE_FILE:-'newest'}
RESTORE_REPLACE=\${RESTORE_REPLACE:-'no'}
export PGHOST PGPORT PGUSER PGCONNECT_TIMEOUT
directory=$BACKUP_DIRECTORY
work_directory=$WORK_DIRECTORY
prefix='backup-full-'
superuser='orders'
database='orders-dev'
`);
  });

  test('has every setting that it is given', () => {
    const all: Required<RestoreScriptProps> = {
      host: 'other-host',
      port: 5433,
      user: 'other',
      database: 'sales',
      directory: '/mnt/dumps',
      workDirectory: '/mnt/scratch',
      filePrefix: 'nightly-',
    };

    const text = restoreScript(all);

    for (const line of [
      `PGHOST=\${PGHOST:-'other-host'}`,
      `PGPORT=\${PGPORT:-'5433'}`,
      `PGUSER=\${PGUSER:-'other'}`,
      `BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/mnt/dumps'}`,
      `WORK_DIRECTORY=\${WORK_DIRECTORY:-'/mnt/scratch'}`,
      `prefix='nightly-'`,
      `superuser='other'`,
      `database='sales'`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('drops nothing but the copy that it made itself', () => {
    const drops = restoreScript(given)
      .split('\n')
      .filter((line) => line.includes('DROP '));

    expect(drops).toEqual([expect.stringContaining('DROP DATABASE IF EXISTS \\"$new\\"')]);
  });

  test('fails with all settings that cannot work', () => {
    expect(() => restoreScript({ ...given, host: '', database: 'a b' })).toThrow(
      [
        'portolan: the restore script is not valid (2 problems)',
        '  host: must be a host name, an address or the folder of a socket, e.g. "orders-db-svc", got ""',
        '  database: must be at most 43 letters, digits, "_", "." and "-", e.g. "orders", got "a b"',
      ].join('\n'),
    );
  });
});
