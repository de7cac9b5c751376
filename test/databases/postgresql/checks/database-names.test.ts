import { expect, test } from '@jest/globals';
import { databaseNames } from '../../../../src/databases/postgresql/checks/database-names.ts';
import { configMap, container, findings, statefulSet } from '../../../review/checks/small-objects.ts';

const server = (source: object) =>
  statefulSet('dev-db', {
    volumes: [{ name: 'init', configMap: { name: 'dev-init' } }],
    containers: [
      container({
        image: 'postgres:18.1-trixie',
        volumeMounts: [{ name: 'init', mountPath: '/docker-entrypoint-initdb.d' }],
        ...source,
      }),
    ],
  });
const fromConfig = server({ envFrom: [{ configMapRef: { name: 'dev-db-config' } }] });
const init = (database: string) =>
  configMap('dev-init', {
    'init.sql': `\\c postgres\nCREATE DATABASE "${database}";\n\\connect "${database}"\nCREATE TABLE orders ();\n`,
  });

test('accepts SQL that works in the database of the server', () => {
  expect(
    findings(databaseNames, [
      fromConfig,
      configMap('dev-db-config', { POSTGRES_DB: 'orders-dev' }),
      init('orders-dev'),
    ]),
  ).toEqual([]);
  expect(
    findings(databaseNames, [server({ env: [{ name: 'POSTGRES_DB', value: 'orders-dev' }] }), init('orders-dev')]),
  ).toEqual([]);
  expect(findings(databaseNames, [server({}), init('orders-dev')])).toEqual([]);
});

test('fails on SQL that works in another database', () => {
  const message =
    'ConfigMap/dev-init data["init.sql"]: works in the database "orders-dev", and the server of StatefulSet "dev-db" has "orders" (POSTGRES_DB); write one name in both';

  expect(
    findings(databaseNames, [fromConfig, configMap('dev-db-config', { POSTGRES_DB: 'orders' }), init('orders-dev')]),
  ).toEqual([message]);
  expect(
    findings(databaseNames, [server({ env: [{ name: 'POSTGRES_DB', value: 'orders' }] }), init('orders-dev')]),
  ).toEqual([message]);
});
