/** What a word of a PostgreSQL server must look like, and what to write instead. */
export interface PostgresWord {
  readonly pattern: RegExp;
  /** Lower case, no full stop. */
  readonly write: string;
}

/**
 * Names that a database gives to its server. Scripts quote every value, so these are not about safety of the shell: they refuse
 * what PostgreSQL would take for something else.
 */
export const postgresWords = {
  user: {
    pattern: /^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/,
    write: 'must be a role name of letters, digits, "_", "." and "-", e.g. "orders"',
  },
  // 43 bytes, because a restore keeps the old database under this name and 20 more characters, and PostgreSQL cuts names at 63.
  database: {
    pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,42}$/,
    write: 'must be at most 43 letters, digits, "_", "." and "-", e.g. "orders"',
  },
  table: {
    pattern: /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?$/,
    write: 'must be a table, with its schema or without, e.g. "orders"',
  },
} as const satisfies Readonly<Record<string, PostgresWord>>;

/** Longest time that a dump is kept, in days. */
export const MOST_KEEP_DAYS = 3650;

/** Oldest that the newest dump may be, in hours. */
export const MOST_AGE_HOURS = 24 * 366;

/** The first line of some SQL that drops or empties something, if there is one. */
export const destructiveStatement = (sql: string): string | undefined =>
  /^[ \t]*(?:DROP|TRUNCATE|DELETE[ \t]+FROM)\b.*/im.exec(sql)?.[0].trim();
