import type { ObjectIndex } from '../objects/object-index.ts';
import { once } from '../model/validation/once.ts';
import { changedServers, serversOf, type DatabaseServer, type ServerChange } from '../objects/pods/database-servers.ts';
import { everyDatabase } from './databases.ts';

/** Images of servers that keep their data in files and have no plug-in, by the last part of the repository: where each keeps it, as far as known. */
export const otherServers: Readonly<Record<string, string | undefined>> = {
  mysql: '/var/lib/mysql',
  mariadb: '/var/lib/mysql',
  percona: '/var/lib/mysql',
  mongo: '/data/db',
  mongodb: undefined,
  cockroach: undefined,
  couchdb: undefined,
  influxdb: undefined,
  mssql: undefined,
};

const images: ReadonlySet<string> = new Set([
  ...everyDatabase.flatMap((database) => database.images),
  ...Object.keys(otherServers),
]);

/** The database servers among the pods, known by their images: those of every plug-in, and others. */
export const databaseServers = once((objects: ObjectIndex): readonly DatabaseServer[] => serversOf(objects, images));

/** The servers that are published already, each with what it was. */
export const databaseChanges = (published: ObjectIndex, objects: ObjectIndex): readonly ServerChange[] =>
  changedServers(
    { objects: published, servers: databaseServers(published) },
    { objects, servers: databaseServers(objects) },
  );
