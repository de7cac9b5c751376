import type { Delivery } from '../../delivery.ts';
import { destructiveStatement, postgresWords } from '../../formats/postgres-words.ts';
import type { Problem } from '../../problem.ts';
import { databasesIn } from '../place.ts';

/** Where the server keeps its data, and where probes, backups and neighbours find it. */
const reserved: ReadonlySet<string> = new Set([
  'config_file',
  'data_directory',
  'hba_file',
  'listen_addresses',
  'port',
  'unix_socket_directories',
]);

/** What a server is started with, its scripts can work with: names that they can quote, and SQL that may run twice. */
export const databaseWords = (delivery: Delivery): readonly Problem[] =>
  databasesIn(delivery).flatMap(({ path, database }) => {
    const names = (['database', 'user'] as const).flatMap((key): readonly Problem[] => {
      const { pattern, write } = postgresWords[key];
      const given = database[key];
      return pattern.test(given) ? [] : [{ path: `${path}.${key}`, message: write, given }];
    });
    const parameters = Object.keys(database.parameters ?? {}).flatMap((name): readonly Problem[] => {
      const at = `${path}.parameters`;
      if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name))
        return [{ path: at, message: 'must be named as in postgresql.conf, e.g. "max_connections"', given: name }];
      return reserved.has(name)
        ? [{ path: at, message: 'is set by the program, which relies on it; leave it out', given: name }]
        : [];
    });
    const given = destructiveStatement(database.initSql ?? '');
    if (given === undefined) return [...names, ...parameters];
    const message = 'only makes what is missing; remove the statement that drops or empties something';
    return [...names, ...parameters, { path: `${path}.initSql`, message, given }];
  });
