import { describe, expect, test } from '@jest/globals';
import { backupScript, type BackupScriptProps } from '../../../../src/databases/postgresql/scripts/backup-script.ts';

const given: BackupScriptProps = { host: 'dev-orders-db-svc', user: 'orders', keepDays: 7 };

describe('the text of the backup script', () => {
  test('has the settings at its top, with the defaults', () => {
    expect(backupScript(given)).toContain(`
set -euo pipefail
umask 077

PGHOST=\${PGHOST:-'dev-orders-db-svc'}
PGPORT=\${PGPORT:-'5432'}
PGUSER=\${PGUSER:-'orders'}
PGCONNECT_TIMEOUT=\${PGCONNECT_TIMEOUT:-'10'}
BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/backups'}
export PGHOST PGPORT PGUSER PGCONNECT_TIMEOUT
directory=$BACKUP_DIRECTORY
prefix='backup-full-'
keep_days='7'
`);
  });

  test('has every setting that it is given', () => {
    const all: Required<BackupScriptProps> = {
      host: 'other-host',
      port: 5433,
      user: 'other',
      keepDays: 30,
      directory: '/mnt/dumps',
      filePrefix: 'nightly-',
    };

    const text = backupScript(all);

    for (const line of [
      `PGHOST=\${PGHOST:-'other-host'}`,
      `PGPORT=\${PGPORT:-'5433'}`,
      `PGUSER=\${PGUSER:-'other'}`,
      `BACKUP_DIRECTORY=\${BACKUP_DIRECTORY:-'/mnt/dumps'}`,
      `prefix='nightly-'`,
      `keep_days='30'`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('never names a password and never shows its commands', () => {
    const commands = backupScript(given)
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');

    expect(commands).not.toContain('PGPASSWORD');
    expect(commands).not.toMatch(/set -\w*x|xtrace/);
  });

  test('gives a dump its final name only after it was checked and is on the disk, and deletes old ones after that', () => {
    const text = backupScript(given);
    const places = ['is_complete "$partial" ||', 'sync "$partial" ||', 'mv "$partial"', '-mmin "+'].map((words) =>
      text.indexOf(words),
    );

    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('fails with all settings that cannot work', () => {
    expect(() => backupScript({ ...given, port: 0, keepDays: 0, directory: '/' })).toThrow(
      [
        'portolan: the backup script is not valid (3 problems)',
        '  port: must be a whole number from 1 to 65535, got 0',
        '  keepDays: must be a whole number from 1 to 3650, got 0',
        '  directory: must be an absolute path of letters, digits, ".", "_" and "-", e.g. "/backups", got "/"',
      ].join('\n'),
    );
  });
});
