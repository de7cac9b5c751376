/** Beginning of the names of dumps, unless told otherwise. */
export const defaultFilePrefix = 'backup-full-';

/** Where the volume with the dumps is mounted, unless told otherwise. */
export const defaultDirectory = '/backups';

/** Where a throw-away server may write, unless told otherwise. */
export const defaultWorkDirectory = '/work';

/**
 * Shell functions around one folder of dumps; they need the variables `directory` and `prefix`.
 * A dump has its final name only when it is whole; while it is written its name ends in `.partial`.
 */
export const dumpFiles = `\
digit='[0-9]'
pattern="$prefix$digit$digit$digit$digit$digit$digit$digit$digit-$digit$digit$digit$digit$digit$digit.sql"

dumps() { find "$directory" -maxdepth 1 -type f -name "$pattern" "$@"; }

# The date and time are in the name, so the last name is the newest dump.
newest_dump() { dumps -print | LC_ALL=C sort | tail -n 1; }

# pg_dumpall writes this line last, so a dump without it was cut off.
is_complete() { tail -c 100 "$1" | grep -a -q -x -F -e '-- PostgreSQL database cluster dump complete'; }

bytes_of() { printf '%s' "$(($(wc -c <"$1")))"; }
`;

/** Shell functions that say how a script goes; `script` is the word that its lines begin with. */
export function saying(script: string): string {
  return `\
say() { printf '${script}: %s\\n' "$*"; }
fail() {
  printf '${script}: FAILED: %s\\n' "$*" >&2
  exit 1
}
`;
}
