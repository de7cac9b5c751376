import { MOST_AGE_HOURS } from '../../../model/formats/postgres-words.ts';
import { defaultDirectory, defaultFilePrefix, defaultWorkDirectory, dumpFiles, saying } from './dump-files.ts';
import { quoteForShell, quoteIdentifier, quoteLiteral } from './quote.ts';
import { checkSettings, fromEnvironment, setting } from './script-settings.ts';
import { throwAwayServer } from './throw-away-server.ts';

/** A question that the restored database must answer with yes. */
export interface RestoreCheck {
  /** What must be true, e.g. `there is at least one order`. */
  readonly says: string;
  /** SQL that gives one boolean, e.g. `SELECT EXISTS (SELECT FROM orders)`. */
  readonly sql: string;
}

/** What a restore drill needs to know. */
export interface RestoreDrillScriptProps {
  /** The superuser of the server that was dumped. */
  readonly user: string;
  /** Database that must be there after the restore. */
  readonly database: string;
  /** Tables that must be in it, with their schema or without, e.g. `orders`. */
  readonly expectTables: readonly string[];
  /** The newest dump may be this old, in hours. */
  readonly maxAgeHours: number;
  /** Further questions to the restored database. @default - none */
  readonly checks?: readonly RestoreCheck[];
  /** Folder with the dumps; it is only read. `BACKUP_DIRECTORY` wins. @default '/backups' */
  readonly directory?: string;
  /** Folder for the throw-away server, on a volume that goes away with the pod. `WORK_DIRECTORY` wins. @default '/work' */
  readonly workDirectory?: string;
  /** Beginning of a dump's name, as the backup writes it. @default 'backup-full-' */
  readonly filePrefix?: string;
}

/**
 * The bash script that proves that the newest dump restores: into a throw-away server inside its own pod, which it then asks
 * for the database, the tables and the checks. It fails when there is no dump, when the newest is too old, empty, cut off,
 * or does not restore without an error, and when the restored database lacks something.
 *
 * It runs in the image of the server, as a non-root user that the image knows (999 in the Debian image), because initdb
 * refuses root and users without a name.
 *
 * @throws ProblemsError when a setting cannot work
 */
export function restoreDrillScript(props: RestoreDrillScriptProps): string {
  const { user, database, expectTables, maxAgeHours, checks = [] } = props;
  const { directory = defaultDirectory, workDirectory = defaultWorkDirectory, filePrefix = defaultFilePrefix } = props;
  checkSettings('the restore drill script', [
    { path: 'user', is: 'user', value: user },
    { path: 'database', is: 'database', value: database },
    ...expectTables.map((value, i) => ({ path: `expectTables[${i}]`, is: 'table', value }) as const),
    { path: 'maxAgeHours', is: 'wholeNumber', most: MOST_AGE_HOURS, value: maxAgeHours },
    { path: 'directory', is: 'directory', value: directory },
    { path: 'workDirectory', is: 'directory', value: workDirectory },
    { path: 'filePrefix', is: 'filePrefix', value: filePrefix },
  ]);

  return `\
#!/usr/bin/env bash
# Restores the newest dump into a throw-away server inside this container and looks at what came out.
# Exit 0: the newest dump restores. Anything else: do not count on the backups until you know why.
set -euo pipefail
umask 077

${fromEnvironment('BACKUP_DIRECTORY', directory)}
${fromEnvironment('WORK_DIRECTORY', workDirectory)}
directory=$BACKUP_DIRECTORY
work_directory=$WORK_DIRECTORY
${setting('prefix', filePrefix)}
${setting('superuser', user)}
${setting('database', database)}
${setting('max_age_hours', maxAgeHours)}

${saying('restore drill')}
${dumpFiles}
${throwAwayServer}
${body}
${[...expectTables.map(tableCheck), ...checks.map(question)].join('')}
[ "$problems" -eq 0 ] || fail "$name restores, but the database $database is not what it should be (problems: $problems)"
say "good file=$name age_minutes=$age bytes=$bytes seconds=$((SECONDS - start)) database=$database tables=$tables rows=$rows"
`;
}

const body = `\
[ -d "$directory" ] || fail "there is no folder $directory; is the backup volume mounted?"
dump=$(newest_dump)
[ -n "$dump" ] || fail "there is no dump in $directory"
name=\${dump##*/}
age=$((($(date +%s) - $(date -r "$dump" +%s)) / 60))
[ "$age" -le $((max_age_hours * 60)) ] || fail "the newest dump, $name, is $age minutes old; at most $((max_age_hours * 60)) are allowed, so the backup does not run or does not work"
check_dump "$dump"
bytes=$(bytes_of "$dump")
start=$SECONDS

start_throw_away
restore_into_throw_away "$dump"

[ "$(ask postgres "SELECT count(*) FROM pg_database WHERE datname = '$database'")" = 1 ] || fail "$name restores, but it holds no database $database"

problems=0
tables=0
rows=0
problem() {
  printf 'restore drill: %s\\n' "$*" >&2
  problems=$((problems + 1))
}
expect_table() {
  if [ "$(ask "$database" "SELECT to_regclass($2) IS NOT NULL")" = t ]; then
    tables=$((tables + 1))
    rows=$((rows + $(ask "$database" "SELECT count(*) FROM $3")))
  else
    problem "there is no table $1"
  fi
}
expect() { [ "$(ask "$database" "$2")" = t ] || problem "it does not hold that $1"; }
`;

function tableCheck(table: string): string {
  const name = table.split('.').map(quoteIdentifier).join('.');
  return `expect_table ${[table, quoteLiteral(name), name].map(quoteForShell).join(' ')}\n`;
}

function question({ says, sql }: RestoreCheck): string {
  return `expect ${quoteForShell(says)} ${quoteForShell(sql)}\n`;
}
