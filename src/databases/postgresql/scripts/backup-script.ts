import { MOST_KEEP_DAYS } from '../../../model/formats/postgres-words.ts';
import { defaultDirectory, defaultFilePrefix, dumpFiles, saying } from './dump-files.ts';
import { checkSettings, fromEnvironment, setting } from './script-settings.ts';

/** What a backup needs to know. The password comes from `PGPASSWORD` or `PGPASSFILE` and from nowhere else. */
export interface BackupScriptProps {
  /** Host of the server, e.g. `orders-db-svc`. `PGHOST` wins. */
  readonly host: string;
  /** Port of the server. `PGPORT` wins. @default 5432 */
  readonly port?: number;
  /** A superuser of the server, because roles are dumped too. `PGUSER` wins. */
  readonly user: string;
  /** Days a dump is kept. The newest one always stays. */
  readonly keepDays: number;
  /** Folder for the dumps, on a volume of its own. `BACKUP_DIRECTORY` wins. @default '/backups' */
  readonly directory?: string;
  /** Beginning of a dump's name; the date and time in UTC and `.sql` follow. @default 'backup-full-' */
  readonly filePrefix?: string;
}

/**
 * The bash script that dumps a whole PostgreSQL server (roles and every database) into one private file.
 *
 * It exits 0 only when a complete new dump is on the disk under its final name, and deletes old dumps only then. Whatever
 * goes wrong, a file that is not whole never has that name. It runs as any user, in the image of the server (bash,
 * coreutils, findutils, grep, util-linux, and the client programs), and writes only into the folder.
 *
 * @throws ProblemsError when a setting cannot work
 */
export function backupScript(props: BackupScriptProps): string {
  const { host, port = 5432, user, keepDays, directory = defaultDirectory, filePrefix = defaultFilePrefix } = props;
  checkSettings('the backup script', [
    { path: 'host', is: 'host', value: host },
    { path: 'port', is: 'wholeNumber', most: 65_535, value: port },
    { path: 'user', is: 'user', value: user },
    { path: 'keepDays', is: 'wholeNumber', most: MOST_KEEP_DAYS, value: keepDays },
    { path: 'directory', is: 'directory', value: directory },
    { path: 'filePrefix', is: 'filePrefix', value: filePrefix },
  ]);

  return `\
#!/usr/bin/env bash
# Dumps the whole PostgreSQL server, roles and every database, into one private file.
# Exit 0: a complete new dump is on the disk under its final name; only then are old dumps deleted.
# The password comes from PGPASSWORD or PGPASSFILE and is never printed.
set -euo pipefail
umask 077

${fromEnvironment('PGHOST', host)}
${fromEnvironment('PGPORT', port)}
${fromEnvironment('PGUSER', user)}
${fromEnvironment('PGCONNECT_TIMEOUT', 10)}
${fromEnvironment('BACKUP_DIRECTORY', directory)}
export PGHOST PGPORT PGUSER PGCONNECT_TIMEOUT
directory=$BACKUP_DIRECTORY
${setting('prefix', filePrefix)}
${setting('keep_days', keepDays)}

${saying('backup')}
${dumpFiles}
${body}`;
}

const body = `\
partial=''
dump_process=''
clean() {
  [ -z "$dump_process" ] || kill "$dump_process" 2>/dev/null || true
  [ -z "$partial" ] || rm -f "$partial"
}
trap clean EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# The folder is never made here: when it is missing, the volume is not mounted.
{ [ -d "$directory" ] && [ -w "$directory" ]; } || fail "$directory is not a folder that user $(id -u) may write to; is the backup volume mounted?"

# One run at a time, also when somebody starts one by hand. The lock is on the folder itself and ends with the process.
exec 9<"$directory"
lock=0
flock --nonblock --conflict-exit-code 75 9 || lock=$?
[ "$lock" -ne 75 ] || fail "another backup is writing to $directory; nothing was changed"
[ "$lock" -eq 0 ] || say "note: $directory cannot be locked, so nothing stops two backups at the same time"

# Left by a run that was killed. Nobody writes to it any more: that run would hold the lock.
find "$directory" -maxdepth 1 -type f -name "$pattern.partial" -exec rm -f {} +

server=$(psql --no-psqlrc --no-password --tuples-only --no-align --dbname=postgres --command='SHOW server_version_num') ||
  fail "cannot ask $PGUSER@$PGHOST:$PGPORT for its version; the line above says why"
client=$(pg_dumpall --version)
version_number='PostgreSQL[)] ([0-9]+)'
[[ $client =~ $version_number ]] || fail "cannot tell the version of pg_dumpall from \\"$client\\""
client_major=\${BASH_REMATCH[1]}
server_major=$((server / 10000))
[ "$client_major" -ge "$server_major" ] ||
  fail "the server is PostgreSQL $server_major and pg_dumpall is $client_major, which cannot dump it; use the server's image for the backup"

name="$prefix$(date -u +%Y%m%d-%H%M%S).sql"
while [ -e "$directory/$name" ]; do
  sleep 1
  name="$prefix$(date -u +%Y%m%d-%H%M%S).sql"
done
partial="$directory/$name.partial"
start=$SECONDS

pg_dumpall --no-password >"$partial" &
dump_process=$!
result=0
wait "$dump_process" || result=$?
dump_process=''
free=$(df -P -k "$directory" | { read -r _ && read -r _ _ _ free _ && printf '%s' "$free"; }) || free='an unknown number of'
[ "$result" -eq 0 ] || fail "pg_dumpall ended with exit code $result; $free kB are free in $directory"
is_complete "$partial" || fail "the dump is not complete although pg_dumpall reported success; $free kB are free in $directory"

# First the bytes, then the name, then the folder that holds the name.
sync "$partial" || fail "the dump cannot be written to the disk of $directory"
mv "$partial" "$directory/$name"
partial=''
sync "$directory" || fail "the new dump $name is whole, but its name may not survive a crash: the disk of $directory refuses to write"
bytes=$(bytes_of "$directory/$name")
seconds=$((SECONDS - start))

deleted=$(dumps ! -name "$name" -mmin "+$((keep_days * 1440))" -print -exec rm -f {} + | wc -l) ||
  fail "the new dump $name is good, but old dumps cannot be deleted from $directory"
kept=$(dumps -print | wc -l)
say "good file=$name bytes=$bytes seconds=$seconds kept=$((kept)) deleted=$((deleted))"
`;
