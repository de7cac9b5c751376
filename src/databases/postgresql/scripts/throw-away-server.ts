/**
 * Shell functions around a PostgreSQL server that lives in a folder of its own and goes away with the script. Nobody can
 * reach it from outside: it listens on a socket in that folder alone. They need the variables `work_directory` and
 * `superuser`, and the functions of the other fragments.
 *
 * The bootstrap superuser has the name it has in the dump, because grants name it as their grantor. initdb has made it
 * already, so exactly one line of the dump is left out: the first that creates it. Every other error stops the restore.
 */
export const throwAwayServer = `\
work=''
clean() {
  [ -n "$work" ] || return 0
  [ ! -e "$work/data/postmaster.pid" ] || pg_ctl --pgdata="$work/data" --mode=immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

start_throw_away() {
  { [ -d "$work_directory" ] && [ -w "$work_directory" ]; } || fail "$work_directory is not a folder that user $(id -u) may write to; mount an empty volume there"
  work=$(mktemp -d "$work_directory/pg.XXXXXX")
  initdb --pgdata="$work/data" --username="$superuser" --auth=trust --encoding=UTF8 --locale=C --no-sync \\
    --set=listen_addresses= --set=unix_socket_directories="$work" --set=port=5432 --set=max_connections=10 --set=shared_buffers=16MB \\
    --set=fsync=off --set=full_page_writes=off --set=autovacuum=off --set=max_parallel_maintenance_workers=0 \\
    >"$work/initdb.log" 2>&1 || {
    cat "$work/initdb.log" >&2
    fail "initdb cannot make a throw-away server in $work; the lines above say why"
  }
  pg_ctl --pgdata="$work/data" --log="$work/server.log" --wait --timeout=60 start >/dev/null 2>&1 || {
    cat "$work/server.log" >&2
    fail "the throw-away server in $work does not start; the lines above say why"
  }
}

throw_away() {
  program=$1
  shift
  "$program" --host="$work" --port=5432 --username="$superuser" --no-password "$@"
}

# ask DATABASE SQL: the answer, without decoration.
ask() { throw_away psql --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"; }

restore_into_throw_away() {
  known=$(grep -a -n -m 1 -x -F -e "CREATE ROLE $superuser;" -e "CREATE ROLE \\"$superuser\\";" "$1") ||
    fail "\${1##*/} does not create the role $superuser; it is a dump of another server"
  sed "\${known%%:*}d" "$1" |
    throw_away psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres --file=- >/dev/null ||
    fail "\${1##*/} does not restore; the lines above say why"
}

# check_dump FILE: a dump that is empty or cut off is not worth a server.
check_dump() {
  [ -r "$1" ] || fail "\${1##*/} belongs to another user and cannot be read by user $(id -u)"
  [ -s "$1" ] || fail "\${1##*/} is empty"
  is_complete "$1" || fail "\${1##*/} is not complete: it does not end as pg_dumpall ends a dump"
}
`;
