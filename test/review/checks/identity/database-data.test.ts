import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { Database } from '../../../../src/model/database.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { databaseData } from '../../../../src/review/checks/identity/database-data.ts';
import { validDelivery, withDatabase, withEnvironment } from '../../../support/valid-delivery.ts';
import { configMap, container, deployment, dev, findings, statefulSet, type Fields } from '../small-objects.ts';

const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
const renderedBy = (delivery: Delivery) =>
  renderEnvironment(delivery, dev(delivery), delivery.initialReleases['dev']!, settings).objects;

/** What is found when a database of the model changes after it was published. */
function afterChange(change: Partial<Database>, published: Partial<Database> = {}): readonly string[] {
  const before = withDatabase(validDelivery(), 'dev', 'orders-db', (database) => ({ ...database, ...published }));
  const after = withDatabase(before, 'dev', 'orders-db', (database) => ({ ...database, ...change }));
  return findings(databaseData, renderedBy(after), {
    published: renderedBy(before).map(({ object }) => object),
    delivery: after,
    environment: dev(after),
  });
}

const at = 'spec.template.spec.containers[0]';
const claim = 'the claim "orders-db-disk-dev-orders-db-0"';
const empty = (
  now: string,
  {
    workload = 'dev-orders-db',
    old = `pgdata of ${claim}`,
  }: { readonly workload?: string; readonly old?: string } = {},
) =>
  `StatefulSet/${workload} ${at}.volumeMounts: the server starts empty; the data stays at ${old}; keep names, mount and data folder as they are published, got ${now}`;

describe('a published database goes on with its data', () => {
  test('passes when nothing that finds the data changes', () => {
    expect(afterChange({})).toEqual([]);
    expect(afterChange({ version: '18.2', initSql: 'SELECT 1;' })).toEqual([]);
    expect(findings(databaseData, renderedBy(validDelivery()))).toEqual([]);
    expect(findings(databaseData, renderedBy(validDelivery()), { published: [] })).toEqual([]);
  });

  test('passes when the same folder of the same claim is mounted elsewhere', () => {
    expect(afterChange({ mountPath: '/srv' })).toEqual([]);
    expect(afterChange({ mountPath: '/srv/data', dataDirectory: '/srv/data/pgdata' })).toEqual([]);
  });

  test('fails when the data folder changes', () => {
    expect(afterChange({ dataDirectory: '/data/18' })).toEqual([empty(`18 of ${claim}`)]);
    expect(afterChange({ mountPath: '/srv', dataDirectory: '/srv/pg/data' })).toEqual([empty(`pg/data of ${claim}`)]);
    expect(afterChange({}, { dataDirectory: '/data/a/b' })).toEqual([]);
  });

  test('fails when the data folder leaves the claim', () => {
    expect(afterChange({ dataDirectory: '/elsewhere' })).toEqual([
      `StatefulSet/dev-orders-db ${at}.volumeMounts: container "orders-db" keeps its data in /elsewhere, which lies in none of its claims and is gone with the pod; mount the claim above it`,
      empty('/elsewhere outside of every claim'),
    ]);
  });

  test('fails when a name changes that the claim is found by', () => {
    expect(afterChange({ names: { workload: 'pg' } })).toEqual([
      empty('pgdata of the claim "orders-db-disk-dev-pg-0"', { workload: 'dev-pg' }),
    ]);
    expect(afterChange({ names: { claimTemplate: 'disk' } })).toEqual([
      empty('pgdata of the claim "disk-dev-orders-db-0"'),
    ]);
  });

  test('fails when the environment gets another prefix or namespace', () => {
    const before = validDelivery();
    const published = renderedBy(before).map(({ object }) => object);
    const prefixed = withEnvironment(before, 'dev', (it) => ({ ...it, namePrefix: 'd-' }));
    const moved = withEnvironment(before, 'dev', (it) => ({ ...it, namespace: 'shop-dev' }));

    expect(findings(databaseData, renderedBy(prefixed), { published, environment: dev(prefixed) })).toEqual([
      empty('pgdata of the claim "orders-db-disk-d-orders-db-0"', { workload: 'd-orders-db' }),
    ]);
    expect(findings(databaseData, renderedBy(moved), { published, environment: dev(moved) })).toEqual([
      empty(`pgdata of ${claim}`, { old: `pgdata of ${claim} in the namespace dev` }),
    ]);
  });

  test('fails when database or user change, which are made in an empty folder only', () => {
    expect(afterChange({ database: 'shop', user: 'clerk' })).toEqual([
      `StatefulSet/dev-orders-db ${at}.env: the database "shop" (POSTGRES_DB) is made in an empty folder only, and the published data has "orders"; write "orders", or rename it in the server first`,
      `StatefulSet/dev-orders-db ${at}.env: the user "clerk" (POSTGRES_USER) is made in an empty folder only, and the published data has "orders"; write "orders", or rename it in the server first`,
    ]);
  });

  test('passes while data is moved from the older major version that is published', () => {
    const moving = { upgradesFrom: '17', version: '18.1', dataDirectory: '/data/18' };

    expect(afterChange(moving, { version: '17.6' })).toEqual([]);
    expect(afterChange({ ...moving, dataDirectory: '/data/x' }, moving)).toEqual([
      empty(`x of ${claim}`, { old: `18 of ${claim}` }),
    ]);
  });
});

describe('a server that is written by hand goes on with its data too', () => {
  const server = (fields: Fields, claimName = 'dev-data', name = 'dev-db'): KubernetesObject =>
    deployment(name, {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
      containers: [
        container({
          name: 'db',
          image: 'mysql:8.4',
          volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql' }],
          ...fields,
        }),
      ],
    });
  const change = (before: KubernetesObject, after: KubernetesObject, ...maps: readonly KubernetesObject[]) =>
    findings(databaseData, [after, ...maps], { published: [before, ...maps] });

  test('passes when its container gets another name', () => {
    expect(change(server({}), server({ name: 'mysql' }))).toEqual([]);
  });

  test('fails on another claim, and on another folder of it', () => {
    expect(change(server({}), server({}, 'dev-new'))).toEqual([
      `Deployment/dev-db ${at}.volumeMounts: the server starts empty; the data stays at the claim "dev-data"; keep names, mount and data folder as they are published, got the claim "dev-new"`,
    ]);
    expect(
      change(server({}), server({ volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql', subPath: 'mysql' }] })),
    ).toEqual([
      `Deployment/dev-db ${at}.volumeMounts: the server starts empty; the data stays at the claim "dev-data"; keep names, mount and data folder as they are published, got mysql of the claim "dev-data"`,
    ]);
  });

  test('fails on another database, by the variable that wins', () => {
    const from = { envFrom: [{ configMapRef: { name: 'dev-env' } }] };
    const map = configMap('dev-env', { MYSQL_DATABASE: 'orders' });

    expect(change(server(from), server({ ...from, env: [{ name: 'MYSQL_DATABASE', value: 'orders' }] }), map)).toEqual(
      [],
    );
    expect(change(server(from), server({ ...from, env: [{ name: 'MYSQL_DATABASE', value: 'shop' }] }), map)).toEqual([
      `Deployment/dev-db ${at}.env: the database "shop" (MYSQL_DATABASE) is made in an empty folder only, and the published data has "orders"; write "orders", or rename it in the server first`,
    ]);
  });
});

const postgres = (folder: string | undefined, mountPath: string, image = 'postgres:18.1-trixie') =>
  statefulSet('dev-db', {
    volumes: [{ name: 'scratch', emptyDir: {} }],
    containers: [
      container({
        name: 'db',
        image,
        env: folder === undefined ? [] : [{ name: 'PGDATA', value: folder }],
        volumeMounts: [
          { name: 'data', mountPath },
          { name: 'scratch', mountPath: '/data/scratch' },
        ],
      }),
    ],
  });

test('accepts a data folder at or below the mount of a claim, and images that are not known', () => {
  expect(findings(databaseData, [postgres('/data/pgdata', '/data')])).toEqual([]);
  expect(findings(databaseData, [postgres(undefined, '/var/lib/postgresql/data', 'postgres:17.6')])).toEqual([]);
  expect(findings(databaseData, [postgres(undefined, '/var/lib/postgresql')])).toEqual([]);
  expect(findings(databaseData, [postgres(undefined, '/var/lib/mysql/', 'mysql:8.4')])).toEqual([]);
  expect(findings(databaseData, [postgres(undefined, '/bitnami', 'bitnami/postgresql:17')])).toEqual([]);
});

test('fails on data beside the claim, in a temporary folder, and in the volume of the image', () => {
  const at = (folder: string) =>
    `StatefulSet/dev-db spec.template.spec.containers[0].volumeMounts: container "db" keeps its data in ${folder}, which lies in none of its claims and is gone with the pod; mount the claim above it`;

  for (const [server, folder] of [
    [postgres('/var/lib/postgresql/18/docker', '/var/lib/postgresql/data'), '/var/lib/postgresql/18/docker'],
    [postgres(undefined, '/var/lib/postgresql/data'), '/var/lib/postgresql/18/docker'],
    [postgres('/data/scratch/pgdata', '/data'), '/data/scratch/pgdata'],
    [postgres(undefined, '/var/lib/postgresql', 'postgres:17.6'), '/var/lib/postgresql/data'],
    [postgres(undefined, '/data', 'mysql:8.4'), '/var/lib/mysql'],
    [postgres(undefined, '/var/lib/mongo', 'mongo:8.0'), '/data/db'],
  ] as const)
    expect(findings(databaseData, [server])).toEqual([at(folder)]);
});

const onShare = (name: string, subPath?: string, replicas = 1) =>
  deployment(
    name,
    {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'dev-share' } }],
      containers: [
        container({
          name: 'db',
          image: 'mysql:8.4',
          volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql', ...(subPath === undefined ? {} : { subPath }) }],
        }),
      ],
    },
    { replicas },
    { app: name },
  );

test('accepts servers with folders or claims of their own, and replicas that a StatefulSet gives claims', () => {
  const replicated = statefulSet(
    'dev-db',
    {
      containers: [
        container({ name: 'db', image: 'mysql:8.4', volumeMounts: [{ name: 'data', mountPath: '/var/lib/mysql' }] }),
      ],
    },
    { replicas: 3 },
  );

  expect(findings(databaseData, [onShare('dev-a', 'a'), onShare('dev-b', 'b'), replicated])).toEqual([]);
});

test('fails on several servers on one shared folder', () => {
  const line = (name: string, count: number, names: string) =>
    `Deployment/${name} spec.template.spec.containers[0].volumeMounts: ${count} servers write into one folder of one claim (${names}), and destroy each other's data; run one, or give each a claim of its own`;

  expect(findings(databaseData, [onShare('dev-a'), onShare('dev-b')])).toEqual([
    line('dev-b', 2, 'Deployment "dev-a", Deployment "dev-b"'),
  ]);
  expect(findings(databaseData, [onShare('dev-a', 'mysql', 2)])).toEqual([line('dev-a', 2, 'Deployment "dev-a"')]);
});
