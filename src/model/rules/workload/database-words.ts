import type { Delivery } from '../../delivery.ts';
import { destructiveStatement, postgresWords } from '../../formats/postgres-words.ts';
import type { Problem } from '../../problem.ts';
import { databasesIn } from '../place.ts';

/** What a server is started with, its scripts can work with: names that they can quote, and SQL that may run twice. */
export const databaseWords = (delivery: Delivery): readonly Problem[] =>
  databasesIn(delivery).flatMap(({ path, database }) => {
    const names = (['database', 'user'] as const).flatMap((key): readonly Problem[] => {
      const { pattern, write } = postgresWords[key];
      const given = database[key];
      return pattern.test(given) ? [] : [{ path: `${path}.${key}`, message: write, given }];
    });
    const given = destructiveStatement(database.initSql ?? '');
    if (given === undefined) return names;
    const message = 'only makes what is missing; remove the statement that drops or empties something';
    return [...names, { path: `${path}.initSql`, message, given }];
  });
