import type { Backup, Database } from '../../../src/model/database.ts';

const resources = { requests: { cpu: '50m', memory: '64Mi' } };

/** A backup with every field; another field of the model does not compile until it is here. */
export const everyBackup: Required<Backup> = {
  schedule: '*/15 * * * *',
  keepDays: 3,
  storage: { size: '2Gi', storageClass: 'slow' },
  deadlineSeconds: 300,
  names: { job: 'dump', claim: 'dumps' },
  containerName: 'dumper',
  resources,
  restoreDrill: { schedule: '0 4 * * 0', maxAgeHours: 2, expectTables: ['orders'], resources },
};

/** A database with every field. */
export const everyDatabase: Required<Database> = {
  name: 'orders-db',
  kind: 'postgresql',
  version: '18.1',
  codename: 'trixie',
  database: 'orders-dev',
  user: 'clerk',
  credential: 'orders-db-password',
  passwordKey: 'PASSWORD',
  names: { workload: 'pg', service: 'pg-front', config: 'pg-env', initScript: 'pg-first', claimTemplate: 'disk' },
  storage: { size: '100Mi', storageClass: 'local-path' },
  mountPath: '/srv',
  dataDirectory: '/srv/18',
  portName: 'pg',
  sharedMemory: '256Mi',
  parameters: { max_connections: '200' },
  initdbArgs: '--data-checksums',
  initSql: 'CREATE TABLE orders (id SERIAL PRIMARY KEY);',
  resources,
  backup: everyBackup,
  upgradesFrom: '17',
};

/** A database that says no more than it must. */
export const smallDatabase: Database = {
  name: 'stock',
  kind: 'postgresql',
  version: '18.1',
  codename: 'trixie',
  database: 'stock',
  user: 'stock',
  credential: 'orders-db-password',
  storage: { size: '1Gi', storageClass: 'fast' },
  resources,
};
