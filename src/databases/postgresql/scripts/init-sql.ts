import { destructiveStatement } from '../../../model/formats/postgres-words.ts';
import { ProblemsError } from '../../../model/problem.ts';
import { quoteIdentifier } from './quote.ts';
import { checkSettings } from './script-settings.ts';

/** First contents of a database. */
export interface InitSqlProps {
  /** The database that the image has made, `POSTGRES_DB`. */
  readonly database: string;
  /** Plain SQL: tables and first rows. */
  readonly statements: string;
}

/**
 * The psql script that fills a new database; the image runs it once, when the data folder is empty.
 *
 * It may be run again by hand at any time: it does nothing as soon as the database has a table, so first rows that were
 * changed or removed never come back, and in a new database it happens whole or not at all.
 *
 * @throws ProblemsError when a statement drops or empties something
 */
export function initSql({ database, statements }: InitSqlProps): string {
  checkSettings('the init SQL', [{ path: 'database', is: 'database', value: database }]);
  const given = destructiveStatement(statements);
  if (given !== undefined) {
    const message = 'only makes what is missing; remove the statement that drops or empties something';
    throw new ProblemsError('the init SQL', [{ path: 'statements', message, given }]);
  }

  return `\
-- Fills the database ${database} when it is new. Safe to run again: it does nothing once there is a table.
\\set ON_ERROR_STOP on
\\connect ${quoteIdentifier(database)}
SELECT NOT EXISTS (
  SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
) AS is_new \\gset
\\if :is_new
BEGIN;
${statements.trim()}
${statements.trim().endsWith(';') ? '' : ';\n'}COMMIT;
\\echo 'init: the database was new and has its first contents'
\\else
\\echo 'init: the database has tables; nothing was changed'
\\endif
`;
}
