import { defaultDirectory, defaultFilePrefix, defaultWorkDirectory, dumpFiles, saying } from './dump-files.ts';
import { checkSettings, fromEnvironment, setting } from './script-settings.ts';
import { throwAwayServer } from './throw-away-server.ts';

/** What a restore needs to know. The password comes from `PGPASSWORD` or `PGPASSFILE` and from nowhere else. */
export interface RestoreScriptProps {
  /** Host of the live server, e.g. `orders-db-svc`. `PGHOST` wins. */
  readonly host: string;
  /** Port of the live server. `PGPORT` wins. @default 5432 */
  readonly port?: number;
  /** The superuser of the live server, the same as in the dump. `PGUSER` wins on the live server. */
  readonly user: string;
  /** Database that is taken from the dump. Other databases of the server are left alone. */
  readonly database: string;
  /** Folder with the dumps; it is only read. `BACKUP_DIRECTORY` wins. @default '/backups' */
  readonly directory?: string;
  /** Folder for the throw-away server, on a volume that goes away with the pod. `WORK_DIRECTORY` wins. @default '/work' */
  readonly workDirectory?: string;
  /** Beginning of a dump's name, as the backup writes it. @default 'backup-full-' */
  readonly filePrefix?: string;
}

/**
 * The bash script that puts one database of a dump into the live server. A person starts it, with two choices in the
 * environment: `RESTORE_FILE`, the name of a dump (default: the newest), and `RESTORE_REPLACE=yes`, without which a
 * database that has tables is left alone.
 *
 * The dump is first restored into a throw-away server, as in the drill; only what came through whole is copied to the live
 * server, under a new name, and takes the place of the old database in one transaction. The old one is renamed, never
 * dropped. When anything fails, the live database is as it was.
 *
 * @throws ProblemsError when a setting cannot work
 */
export function restoreScript(props: RestoreScriptProps): string {
  const { host, port = 5432, user, database } = props;
  const { directory = defaultDirectory, workDirectory = defaultWorkDirectory, filePrefix = defaultFilePrefix } = props;
  checkSettings('the restore script', [
    { path: 'host', is: 'host', value: host },
    { path: 'port', is: 'wholeNumber', most: 65_535, value: port },
    { path: 'user', is: 'user', value: user },
    { path: 'database', is: 'database', value: database },
    { path: 'directory', is: 'directory', value: directory },
    { path: 'workDirectory', is: 'directory', value: workDirectory },
    { path: 'filePrefix', is: 'filePrefix', value: filePrefix },
  ]);

  return `\
#!/usr/bin/env bash
# Puts one database of a dump into the live server. Exit 0: it is in place. Anything else: the live database is as it was.
# RESTORE_FILE: name of the dump, or "newest". RESTORE_REPLACE=yes: also when the live database has tables.
# The password comes from PGPASSWORD or PGPASSFILE and is never printed.
set -euo pipefail
umask 077

${fromEnvironment('PGHOST', host)}
${fromEnvironment('PGPORT', port)}
${fromEnvironment('PGUSER', user)}
${fromEnvironment('PGCONNECT_TIMEOUT', 10)}
${fromEnvironment('BACKUP_DIRECTORY', directory)}
${fromEnvironment('WORK_DIRECTORY', workDirectory)}
${fromEnvironment('RESTORE_FILE', 'newest')}
${fromEnvironment('RESTORE_REPLACE', 'no')}
export PGHOST PGPORT PGUSER PGCONNECT_TIMEOUT
directory=$BACKUP_DIRECTORY
work_directory=$WORK_DIRECTORY
${setting('prefix', filePrefix)}
${setting('superuser', user)}
${setting('database', database)}

${saying('restore')}
${dumpFiles}
${throwAwayServer}
${body}`;
}

const body = `\
stamp=$(date -u +%Y%m%d-%H%M%S)
new="$database-new-$stamp"
old="$database-old-$stamp"
start=$SECONDS

# live DATABASE SQL...: every statement for itself; the answers, without decoration.
live() {
  database_asked=$1
  shift
  for statement in "$@"; do
    psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$database_asked" --command="$statement" || return
  done
}

[ -d "$directory" ] || fail "there is no folder $directory; is the backup volume mounted?"
case $RESTORE_FILE in
  newest) dump=$(newest_dump) ;;
  */*) fail "RESTORE_FILE is a name without a folder, e.g. $prefix$stamp.sql, got \\"$RESTORE_FILE\\"" ;;
  *) dump="$directory/$RESTORE_FILE" ;;
esac
[ -n "$dump" ] || fail "there is no dump in $directory"
name=\${dump##*/}
[ -f "$dump" ] || fail "there is no dump $name in $directory; the newest is $(basename "$(newest_dump)")"
check_dump "$dump"

found=$(live postgres "SELECT count(*) FROM pg_database WHERE datname = '$database'") ||
  fail "cannot ask $PGUSER@$PGHOST:$PGPORT; the line above says why"
if [ "$found" = 1 ]; then
  tables=$(live "$database" "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')") ||
    fail "cannot look into the database $database; the line above says why"
  [ "$tables" = 0 ] || [ "$RESTORE_REPLACE" = yes ] ||
    fail "the database $database holds tables ($tables); nothing was changed. Set RESTORE_REPLACE=yes to put $name in its place; what is there now is then kept as a database of another name"
fi

say "trying $name in a throw-away server"
start_throw_away
restore_into_throw_away "$dump"
[ "$(ask postgres "SELECT count(*) FROM pg_database WHERE datname = '$database'")" = 1 ] || fail "$name holds no database $database; nothing was changed"

# Roles are not changed on the live server: its passwords may be newer than the dump's.
roles="SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'"
live_roles=$(live postgres "$roles")
missing=$(ask postgres "$roles" | grep -v -x -F -e "$live_roles") || missing=''
[ -z "$missing" ] || fail "the live server lacks these roles of the dump; create them first, nothing was changed: \${missing//$'\\n'/, }"

say "copying $database to $PGHOST:$PGPORT as $new"
copied=no
swapping=no
clean_all() {
  if [ "$swapping" = yes ]; then live postgres "ALTER DATABASE \\"$database\\" WITH ALLOW_CONNECTIONS true" || true; fi
  if [ "$copied" = no ]; then live postgres "DROP DATABASE IF EXISTS \\"$new\\" WITH (FORCE)" || true; fi
  clean
}
trap clean_all EXIT

ask postgres "ALTER DATABASE \\"$database\\" RENAME TO \\"$new\\"" >/dev/null
throw_away pg_dump --create --dbname="$new" |
  psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --dbname=postgres --file=- >/dev/null ||
  fail "$database cannot be copied to the live server; the lines above say why, and the live database is as it was"
live "$new" 'ANALYZE'

if [ "$found" = 1 ]; then
  # Programs that are connected are sent away for the moment of the exchange and find the restored database when they return.
  swapping=yes
  live postgres "ALTER DATABASE \\"$database\\" WITH ALLOW_CONNECTIONS false" \\
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '$database'" >/dev/null
  live postgres "BEGIN; ALTER DATABASE \\"$database\\" RENAME TO \\"$old\\"; ALTER DATABASE \\"$new\\" RENAME TO \\"$database\\"; COMMIT" ||
    fail "$database cannot be exchanged; the lines above say why, and the live database is as it was"
  copied=yes
  swapping=no
  live postgres "ALTER DATABASE \\"$old\\" WITH ALLOW_CONNECTIONS true"
else
  old=none
  live postgres "ALTER DATABASE \\"$new\\" RENAME TO \\"$database\\""
  copied=yes
fi
say "good file=$name database=$database seconds=$((SECONDS - start)) old_database=$old"
`;
